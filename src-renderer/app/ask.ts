/**
 * The page's one way to ask the main process anything. Answers are checked against the bridge's
 * table, so that a screen never shows what does not fit (R12).
 */
import { asks, tellings } from '../../src-shared/bridge.ts';
import type {
  AskName,
  AskReply,
  AskRequest,
  Telling,
  TellingName,
} from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { useSessionStore } from '../session/session-store.ts';

/**
 * Asks, and answers with a value or a code; never throws. A `session-ended` answer also opens the
 * dialog that asks for the password over the page.
 */
export async function ask<N extends AskName>(
  name: N,
  request: AskRequest<N>,
): Promise<Answer<AskReply<N>>> {
  const bridge = window.meadowlark;
  if (bridge === undefined) return { ok: false, code: 'program-fault' };
  let answer: Answer<unknown>;
  try {
    const call = bridge[name] as (request: AskRequest<N>) => Promise<Answer<unknown>>;
    answer = await call(request);
  } catch {
    return { ok: false, code: 'program-fault' };
  }
  if (!answer.ok) {
    if (answer.code === 'session-ended') useSessionStore.getState().end();
    if (answer.code === 'keys-locked') useSessionStore.getState().lockKeys();
    return answer;
  }
  const reply = asks[name].reply.safeParse(answer.value);
  return reply.success
    ? { ok: true, value: reply.data as AskReply<N> }
    : { ok: false, code: 'reply-not-understood' };
}

/** Calls back for each telling that fits; the answer ends that. */
export function listen<N extends TellingName>(
  name: N,
  callback: (telling: Telling<N>) => void,
): () => void {
  const bridge = window.meadowlark;
  if (bridge === undefined) return () => undefined;
  return bridge.listen(name, (telling) => {
    const checked = tellings[name].safeParse(telling);
    if (checked.success) callback(checked.data as Telling<N>);
  });
}
