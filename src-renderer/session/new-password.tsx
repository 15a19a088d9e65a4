/** A new password, typed twice, with advice while it is typed. */
import { useDeferredValue, useEffect, useState } from 'react';
import { PasswordField } from '../design/password-field.tsx';
import { Notice } from '../design/notice.tsx';
import { adviceOn, isLengthRight, THREE_WORDS } from './password-advice.ts';
import styles from './new-password.module.css';

export interface NewPassword {
  readonly first: string;
  readonly second: string;
}

export const NO_PASSWORD: NewPassword = { first: '', second: '' };

export interface NewPasswordFaults {
  readonly first: string | null;
  readonly second: string | null;
}

/** What stands against sending it; the words are for the fields. */
export function faultsOf(value: NewPassword): NewPasswordFaults {
  return {
    first: isLengthRight(value.first)
      ? null
      : value.first === ''
        ? 'Choose a new password.'
        : adviceOn(value.first, null).text,
    second: value.first === value.second ? null : 'This is not the same as above. Type it again.',
  };
}

export function NewPasswordFields(props: {
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  /** Shown only after the person pressed the form's button. */
  readonly faults: NewPasswordFaults | null;
  /** What a guesser would try first: the school's name, the person's name and address. */
  readonly context: readonly string[];
}) {
  const { value } = props;
  const typed = useDeferredValue(value.first);
  const score = useScore(typed, props.context.join('\n'));
  const advice = adviceOn(value.first, typed === value.first ? score : null);
  return (
    <>
      <PasswordField
        id="new-password"
        label="New password"
        hint={THREE_WORDS}
        value={value.first}
        onChange={(first) => props.onChange({ ...value, first })}
        autoComplete="new-password"
        error={props.faults?.first ?? null}
      />
      <output className={styles.advice}>
        {/* What the field itself says is not said twice. */}
        {advice.text === props.faults?.first ? null : (
          <Notice tone={advice.tone} isQuiet>
            {advice.text}
          </Notice>
        )}
      </output>
      <PasswordField
        id="new-password-again"
        label="New password again"
        value={value.second}
        onChange={(second) => props.onChange({ ...value, second })}
        autoComplete="new-password"
        error={props.faults?.second ?? null}
      />
    </>
  );
}

/** The estimate of what has been typed, null until there is one; typing never waits for it. */
function useScore(password: string, context: string): number | null {
  const [known, setKnown] = useState<{ password: string; score: number } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      void (async () => {
        const { strengthOf } = await import('./password-strength.ts');
        if (isWanted) setKnown({ password, score: strengthOf(password, context.split('\n')) });
      })();
    }, 150);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [password, context]);
  return known?.password === password ? known.score : null;
}
