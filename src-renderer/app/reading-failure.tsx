/** Something to read could not be brought or brought up to date: why, and how to go on. */
import { sentenceOf, type ErrorCode } from '../../src-shared/contract/errors.ts';
import { classNames } from '../design/class-names.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import type { Failure } from './use-ask.ts';
import styles from './reading-failure.module.css';

/** Where the table's sentence speaks of a text to be sent, which here is none. */
const WHILE_READING: Partial<Record<ErrorCode, string>> = {
  'server-unreachable':
    'The school’s server cannot be reached. This is asked for again by itself as soon as it can be.',
  'server-busy': 'The school’s server is busy. Wait a moment and try again.',
  'server-failed':
    'The school’s server could not answer. Try again; if it happens again, use Contact Support.',
  'server-not-trusted':
    'This computer reached a server that is not the school’s, so nothing was asked of it. Tell IT: the server’s certificate does not match the school file.',
  'reply-not-understood':
    'Something other than the school’s server answered, perhaps a network’s sign-in page. Check the network and try again.',
  'program-fault':
    'Meadowlark could not show this. Try again; if it happens again, use Contact Support.',
};

/** `title` says what is missing: "The list of students could not be loaded." */
export function ReadingFailure(props: {
  readonly title: string;
  readonly failure: Failure | null;
  readonly onAskAgain: () => void;
  /** What was brought before is still shown: then this is one line, and no alarm. */
  readonly isStale?: boolean;
}) {
  const { failure, isStale = false } = props;
  // Of an ended session the dialog over the page says all.
  if (failure === null || failure.code === 'session-ended') return null;
  // Not a fault, and no button would change it: the frame says how to go on.
  if (failure.code === 'working-offline') {
    return (
      <Notice tone="info" isQuiet>
        This needs the school’s server, and you are working offline.
      </Notice>
    );
  }
  const isOffline = failure.code === 'server-unreachable';
  return (
    // Being offline is no fault of anything: the frame says it, the list only what it means for it.
    <Notice
      tone={isStale ? 'warning' : isOffline ? 'info' : 'error'}
      announced="status"
      isQuiet={isStale || isOffline}
      {...(isStale ? {} : { title: props.title })}
    >
      <div className={classNames(styles.words, isStale && styles.line)}>
        <span>
          {isStale ? <strong>{props.title} </strong> : null}
          {WHILE_READING[failure.code] ?? sentenceOf(failure)}
        </span>
        <Button isSmall onPress={props.onAskAgain}>
          Try again
        </Button>
      </div>
    </Notice>
  );
}
