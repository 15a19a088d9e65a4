/** A failure in words; one that says to wait counts down. */
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import { Notice } from '../design/notice.tsx';
import { VisuallyHidden } from '../design/visually-hidden.tsx';
import type { Failure } from './use-ask.ts';

/** Seconds that are left of a failure's wait; 0 where it has none or it is over. */
export function useWaitLeft(failure: Failure | null): number {
  const [ends, setEnds] = useState<{ of: Failure; at: number } | null>(null);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (failure?.waitSeconds === undefined || failure.waitSeconds === 0) return undefined;
    const at = Date.now() + failure.waitSeconds * 1000;
    setEnds({ of: failure, at });
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [failure]);
  if (failure === null || ends === null || ends.of !== failure) return failure?.waitSeconds ?? 0;
  return Math.max(0, Math.ceil((ends.at - now) / 1000));
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
