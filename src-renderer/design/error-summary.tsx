/** What a form still needs, above its button; each line leads to its field. */
import { useEffect, useRef } from 'react';
import { Notice } from './notice.tsx';
import styles from './error-summary.module.css';

export interface Problem {
  /** The `id` given to the field. */
  readonly fieldId: string;
  readonly text: string;
}

/** `attempt` counts the presses of the form's button: each that finds problems brings the focus here. */
export function ErrorSummary(props: {
  readonly problems: readonly Problem[];
  readonly attempt: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.attempt > 0) place.current?.focus();
  }, [props.attempt]);
  if (props.problems.length === 0) return null;
  return (
    <div ref={place} tabIndex={-1} className={styles.summary}>
      <Notice
        tone="error"
        announced="alert"
        title={props.problems.length === 1 ? 'One thing is missing' : 'Some things are missing'}
      >
        <ul className={styles.list}>
          {props.problems.map((problem) => (
            <li key={problem.fieldId}>
              <a
                href={`#${problem.fieldId}`}
                onClick={(event) => {
                  event.preventDefault();
                  focusField(problem.fieldId);
                }}
              >
                {problem.text}
              </a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** Brings the person to a field, or to the first control of a group. */
function focusField(id: string): void {
  const element = document.getElementById(id);
  if (element === null) return;
  element.scrollIntoView({ block: 'center' });
  const control = element.matches('input, textarea, button')
    ? element
    : element.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]');
  control?.focus();
}
