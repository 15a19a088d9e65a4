/** Asking from a screen: `useAsk` for what is shown, `useSend` for what a press sets off. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { AskName, AskReply, AskRequest } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { ask } from './ask.ts';

/** What went wrong, for `sentenceOf`. */
export type Failure = Extract<Answer<unknown>, { ok: false }> & {
  /** When it came, in milliseconds since 1970; a wait counts from it. */
  readonly at?: number;
};

/** A failed answer on its way through react-query, which knows failures only as exceptions. */
export class AskFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The answer's value, or `AskFailed`; for query functions and async generators. */
export async function askOrThrow<N extends AskName>(
  name: N,
  request: AskRequest<N>,
): Promise<AskReply<N>> {
  const answer = await ask(name, request);
  if (!answer.ok) throw new AskFailed({ ...answer, at: Date.now() });
  return answer.value;
}

export interface Asked<Value> {
  /** The newest value; it stays while a later ask is under way or has failed. */
  readonly value: Value | undefined;
  /** Why the newest ask failed; null where it did not. */
  readonly failure: Failure | null;
  /** True until there is a value or a failure. */
  readonly isWaiting: boolean;
  readonly askAgain: () => void;
}

/**
 * Keeps a value on the screen true: asked once, and again whenever main tells that something has
 * changed or the server is reached again. `isOff` waits, for what is not known yet.
 */
export function useAsk<N extends AskName>(
  name: N,
  request: AskRequest<N>,
  options: { readonly isOff?: boolean } = {},
): Asked<AskReply<N>> {
  const query = useQuery<AskReply<N>, AskFailed>({
    queryKey: [name, request],
    queryFn: () => askOrThrow(name, request),
    enabled: options.isOff !== true,
  });
  return {
    value: query.data,
    failure: query.error === null ? null : query.error.failure,
    isWaiting: query.isPending,
    askAgain: () => void query.refetch(),
  };
}

export interface Sender<N extends AskName> {
  /** Resolves with the answer; while one is under way, a second call is given the same answer. */
  readonly send: (request: AskRequest<N>) => Promise<Answer<AskReply<N>>>;
  readonly isSending: boolean;
  /** Why the newest one failed; null where it did not. */
  readonly failure: Failure | null;
  readonly forget: () => void;
}

/** For what a press sets off. `refreshes` names the asks whose values on the screen change by it. */
export function useSend<N extends AskName>(
  name: N,
  options: { readonly refreshes?: readonly AskName[] } = {},
): Sender<N> {
  const client = useQueryClient();
  const mutation = useMutation<AskReply<N>, AskFailed, AskRequest<N>>({
    mutationFn: (request) => askOrThrow(name, request),
  });
  const underWay = useRef<Promise<Answer<AskReply<N>>> | null>(null);

  async function carry(request: AskRequest<N>): Promise<Answer<AskReply<N>>> {
    try {
      const value = await mutation.mutateAsync(request);
      for (const refreshed of options.refreshes ?? []) {
        void client.invalidateQueries({ queryKey: [refreshed] });
      }
      return { ok: true, value };
    } catch (thrown) {
      if (thrown instanceof AskFailed) return thrown.failure;
      throw thrown;
    } finally {
      underWay.current = null;
    }
  }

  return {
    send(request) {
      underWay.current ??= carry(request);
      return underWay.current;
    },
    isSending: mutation.isPending,
    failure: mutation.error === null ? null : mutation.error.failure,
    forget: mutation.reset,
  };
}
