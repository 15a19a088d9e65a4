/** An action whose incident is out of reach, marked as read or offline: written and submitted without it (guide 9). */
import type { IncidentId } from '../../src-shared/contract/submission.ts';
import { go, PLACES } from '../app/go.ts';
import { Notice } from '../design/notice.tsx';
import { ActionPanel } from './action-panel.tsx';
import { useUnsentAction } from './kept-action.ts';
import styles from './action-panel.module.css';
import { strandedWords } from './stranded-words.ts';

export function StrandedAction(props: {
  readonly incidentId: IncidentId;
  /** It may be there: it was only not reached, as the server was not. */
  readonly isOffline?: boolean;
}) {
  const unsent = useUnsentAction(props.incidentId);
  if (unsent === null) return null;
  return (
    <div className={styles.stranded}>
      <Notice tone="info">{strandedWords(props.isOffline === true)}</Notice>
      <ActionPanel
        incidentId={props.incidentId}
        incident={null}
        isOutOfReach={props.isOffline !== true}
        onClose={() => go(PLACES.dashboard)}
      />
    </div>
  );
}
