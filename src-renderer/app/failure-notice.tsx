/** A failure in words; one that says to wait counts down. */
import { useSyncExternalStore } from 'react';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import { Notice } from '../design/notice.tsx';
import { VisuallyHidden } from '../design/visually-hidden.tsx';
import type { Failure } from './use-ask.ts';

/** Seconds that are left of a failure's wait; 0 where it has none or it is over. */
export function useWaitLeft(failure: Failure | null): number {
  const waitSeconds = failure?.waitSeconds ?? 0;
  const ends = (failure?.at ?? 0) + waitSeconds * 1000;
  const second = useSyncExternalStore(waitSeconds > 0 ? everySecond : never, thisSecond);
  if (waitSeconds === 0) return 0;
  // The second that has begun counts as whole: nobody is told "0 seconds".
  return Math.max(0, Math.min(waitSeconds, Math.ceil(ends / 1000 - second)));
}

function thisSecond(): number {
  return Math.floor(Date.now() / 1000);
}

function everySecond(callback: () => void): () => void {
  const timer = setInterval(callback, 250);
  return () => clearInterval(timer);
}

function never(): () => void {
  return () => undefined;
}

/** `announced`: `status` for what appears while the person does something else. */
export function FailureNotice(props: {
  readonly failure: Failure | null;
  readonly announced?: 'alert' | 'status';
}) {
  const left = useWaitLeft(props.failure);
  const { failure } = props;
  if (failure === null) return null;
  if (failure.code === 'too-many-tries' && failure.waitSeconds !== undefined && left === 0) {
    return (
      <Notice tone="info" announced="status">
        You can try again now.
      </Notice>
    );
  }
  const counting = {
    code: failure.code,
    waitSeconds: failure.waitSeconds === undefined ? undefined : left,
  };
  return (
    <>
      {/* Announced once, not every second. */}
      <Notice tone="error" {...(left > 0 ? {} : { announced: props.announced ?? 'alert' })}>
        {sentenceOf(counting)}
      </Notice>
      {left > 0 ? (
        <VisuallyHidden>
          <span role="alert">{sentenceOf(failure)}</span>
        </VisuallyHidden>
      ) : null}
    </>
  );
}
