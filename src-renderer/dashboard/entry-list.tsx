/** One of the dashboard's three lists: what, and in a second column when it was **Added**. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import { ReadingFailure } from '../app/reading-failure.tsx';
import type { Failure } from '../app/use-ask.ts';
import { Waiting } from '../design/spinner.tsx';
import { VisuallyHidden } from '../design/visually-hidden.tsx';
import styles from './entry-list.module.css';

export interface Entry {
  readonly id: string;
  readonly what: ReactNode;
  readonly added: ReactNode;
}

export interface EntryListProps {
  readonly heading: string;
  /** Newest first; undefined until they have come. */
  readonly entries: readonly Entry[] | undefined;
  readonly failure: Failure | null;
  readonly onAskAgain: () => void;
  /** What an empty list says. */
  readonly empty: ReactNode;
  readonly count?: number | undefined;
  /** The id of the heading, where something leads to it. */
  readonly anchor?: string;
}

export function EntryList(props: EntryListProps) {
  const ownId = useId();
  const id = props.anchor ?? ownId;
  const { entries, failure } = props;
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} tabIndex={-1} className={styles.heading}>
          {props.heading}
          {props.count === undefined || props.count === 0 ? null : (
            <span className={styles.count}>
              {props.count}
              <VisuallyHidden> unread</VisuallyHidden>
            </span>
          )}
        </h2>
        {entries === undefined || entries.length === 0 ? null : (
          <span className={styles.added} aria-hidden="true">
            Added
          </span>
        )}
      </div>
      {failure === null ? null : (
        <div className={styles.failure}>
          <ReadingFailure
            title={
              entries === undefined
                ? 'This list could not be loaded.'
                : 'This list may be out of date.'
            }
            isStale={entries !== undefined}
            failure={failure}
            onAskAgain={props.onAskAgain}
          />
        </div>
      )}
      <Rows id={id} {...props} />
    </section>
  );
}

function Rows({ id, entries, failure, empty, heading }: EntryListProps & { readonly id: string }) {
  if (entries === undefined) {
    return failure === null ? <Waiting label={`${heading}: on its way`} /> : null;
  }
  if (entries.length === 0) {
    // What could not be asked for may be there.
    return failure === null ? <p className={styles.empty}>{empty}</p> : null;
  }
  return (
    <table className={styles.table} aria-labelledby={id}>
      <colgroup>
        <col />
        <col className={styles.second} />
      </colgroup>
      <thead className={styles.columns}>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">Added</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>{entry.what}</td>
            <td className={styles.when}>{entry.added}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
