/** A notice: an icon, the kind of notice in words, and what it says. Never by colour alone (R108). */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { VisuallyHidden } from './visually-hidden.tsx';
import styles from './notice.module.css';

export interface NoticeProps {
  readonly tone: 'info' | 'warning' | 'error' | 'success';
  readonly title?: string;
  readonly children?: ReactNode;
  /** Announced as it appears: `alert` at once, `status` when the reader pauses. Neither for one that was always there. */
  readonly announced?: 'alert' | 'status';
  readonly isQuiet?: boolean;
}

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert, success: CircleCheck };
const WORDS = { info: 'Note', warning: 'Take care', error: 'Not done', success: 'Done' };

export function Notice(props: NoticeProps) {
  const Icon = ICONS[props.tone];
  return (
    <div
      className={classNames(styles.notice, styles[props.tone], props.isQuiet && styles.quiet)}
      role={props.announced}
    >
      <Icon className={styles.icon} size="1.25em" aria-hidden="true" />
      <div className={styles.words}>
        <VisuallyHidden>{WORDS[props.tone]}: </VisuallyHidden>
        {props.title === undefined ? null : <strong>{props.title}</strong>}
        {props.children === undefined ? null : <div>{props.children}</div>}
      </div>
    </div>
  );
}
