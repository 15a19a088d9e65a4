/** A panel: a headed part of a page. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './panel.module.css';

export interface PanelProps {
  readonly heading: string;
  readonly level?: 2 | 3;
  /** At the right of the heading: a count, a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** No space around the children: for lists and tables that reach the edges. */
  readonly isFlush?: boolean;
}

export function Panel(props: PanelProps) {
  const id = useId();
  const Heading = props.level === 3 ? 'h3' : 'h2';
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <Heading id={id} className={styles.heading}>
          {props.heading}
        </Heading>
        {props.aside}
      </div>
      <div className={classNames(props.isFlush !== true && styles.body)}>{props.children}</div>
    </section>
  );
}

/** What a list says while there is nothing in it. */
export function EmptyList(props: { readonly children: ReactNode }) {
  return <p className={styles.empty}>{props.children}</p>;
}
