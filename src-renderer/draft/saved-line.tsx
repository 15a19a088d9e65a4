/** How a form that was not submitted stands on the disk: never *saved* without *nobody has been told yet*. */
import { HardDriveDownload } from 'lucide-react';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import { timeText } from '../design/moment.ts';
import { Notice } from '../design/notice.tsx';
import { useTimeZone } from '../design/time-zone.tsx';
import { useSession } from '../session/session-store.ts';
import { useSaveState } from './drafts.ts';
import { useFormHere } from './form-at.ts';
import styles from './saved-line.module.css';

export function SavedLine() {
  const state = useSaveState(useFormHere());
  const timeZone = useTimeZone();
  return (
    <div className={styles.lines}>
      {state?.is === 'not-saved' ? (
        <Notice tone="error" announced="alert">
          {sentenceOf(state.failure)} It is tried again by itself.
        </Notice>
      ) : null}
      <p className={styles.line}>
        Not submitted: nobody has been told yet.
        {state?.is === 'saving' ? <span className={styles.saved}>Saving</span> : null}
        {state?.is === 'saved' ? (
          <span className={styles.saved}>
            <HardDriveDownload size="1.1em" aria-hidden="true" />
            Saved on this computer {timeText(state.savedAt, timeZone)}
          </span>
        ) : null}
      </p>
    </div>
  );
}

/** Where the school keeps no key: what that costs, said before anything is typed (R27). */
export function EscrowNote() {
  const { school } = useSession();
  return school.escrow ? null : (
    <Notice tone="info" isQuiet>
      {WITHOUT_ESCROW}
    </Notice>
  );
}

export const WITHOUT_ESCROW =
  'If you forget your password, what you have saved here and not submitted can never be opened again: your school keeps no key to it. Submit what matters before you leave.';
