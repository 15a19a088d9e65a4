/** Text size, spacing and background tint. Each choice is seen at once, saved, and kept on this computer. */
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { Preferences } from '../../src-shared/contract/preference.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { RadioGroup } from '../design/choices.tsx';
import { Panel } from '../design/panel.tsx';
import { useSession, useSessionStore } from '../session/session-store.ts';
import styles from './account-page.module.css';

const SIZES = [
  { id: '100', text: 'Usual' },
  { id: '115', text: 'Large' },
  { id: '130', text: 'Larger' },
  { id: '150', text: 'Largest' },
] as const;
const SPACINGS = [
  { id: 'usual', text: 'Usual' },
  { id: 'wide', text: 'Wide' },
  { id: 'widest', text: 'Widest' },
] as const;
const TINTS = [
  { id: 'none', text: 'None' },
  { id: 'cream', text: 'Cream' },
  { id: 'blue', text: 'Blue' },
  { id: 'green', text: 'Green' },
  { id: 'rose', text: 'Rose' },
] as const;

const SIZE_OF = { '100': 100, '115': 115, '130': 130, '150': 150 } as const;

export function ReadingPanel() {
  const { preferences } = useSession();
  const change = useSessionStore((store) => store.change);
  const save = useSend('savePreferences', { refreshes: ['readComputer'] });
  const [isSaved, setSaved] = useState(false);

  async function choose(part: Partial<Preferences>) {
    const chosen = { ...preferences, ...part };
    setSaved(false);
    change({ preferences: chosen });
    const answer = await save.send(chosen);
    setSaved(answer.ok);
  }

  return (
    <Panel
      heading="Reading"
      aside={
        <output className={styles.saved}>
          {isSaved && save.failure === null ? (
            <>
              <CircleCheck size="1.1em" aria-hidden="true" />
              Saved.
            </>
          ) : null}
        </output>
      }
    >
      <div className={styles.form}>
        <p>What you choose is seen at once, and follows you to any computer of the school.</p>
        <RadioGroup
          label="Text size"
          isInline
          value={String(preferences.textSize) as keyof typeof SIZE_OF}
          onChange={(size) => void choose({ textSize: SIZE_OF[size] })}
          options={SIZES}
        />
        <RadioGroup
          label="Spacing"
          isInline
          value={preferences.spacing}
          onChange={(spacing) => void choose({ spacing })}
          options={SPACINGS}
        />
        <RadioGroup
          label="Background tint"
          isInline
          value={preferences.tint}
          onChange={(tint) => void choose({ tint })}
          options={TINTS}
        />
        <FailureNotice failure={save.failure} />
      </div>
    </Panel>
  );
}
