/**
 * Takes a message of a page from the wall to its answer: who sent it, how much it weighs, whether
 * it fits the table; and sees that the answer fits too (R12, R13, R15, R16). Never throws.
 */
import { asks } from '../../src-shared/bridge.ts';
import type { AskName } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { PAGE_ORIGIN } from '../windows/page-address.ts';
import { weigh } from './weigh.ts';

/** The frame a message came from, read at once: it is gone as soon as the page navigates. */
export interface Sender {
  readonly isMainFrameOfOurWindow: boolean;
  /** As Chromium writes it. */
  readonly origin: string;
}

/** What main does for each ask; the request is the parsed one. */
export type Answerers = {
  readonly [N in AskName]: (request: never) => Promise<Answer<unknown>>;
};

/** Called with the ask's name and a code whenever a message is refused or an answerer fails. */
export type NoteRefusal = (name: AskName, why: string, error?: unknown) => void;

export async function dispatch(
  name: AskName,
  message: unknown,
  sender: Sender | null,
  answerers: Answerers,
  note: NoteRefusal,
): Promise<Answer<unknown>> {
  if (sender === null || !sender.isMainFrameOfOurWindow || sender.origin !== PAGE_ORIGIN) {
    note(name, 'sender');
    return { ok: false, code: 'not-allowed' };
  }
  const weight = weigh(message);
  if (weight !== 'fits') {
    note(name, weight);
    return { ok: false, code: weight === 'too-large' ? 'too-large' : 'bad-request' };
  }
  try {
    const request = asks[name].request.safeParse(message);
    if (!request.success) {
      note(name, 'request');
      return { ok: false, code: 'bad-request' };
    }
    const answer = await answerers[name](request.data as never);
    if (!answer.ok) return plainFailure(answer);
    const reply = asks[name].reply.safeParse(answer.value);
    if (reply.success) return { ok: true, value: reply.data };
    note(name, 'reply');
    return { ok: false, code: 'program-fault' };
  } catch (error) {
    // Its text may quote content: the log keeps where it happened, the page learns only that it did.
    note(name, 'fault', error);
    return { ok: false, code: 'program-fault' };
  }
}

/** Only the fields of the type, whatever else an answerer's object carries. */
function plainFailure(answer: Extract<Answer<unknown>, { ok: false }>): Answer<never> {
  return answer.waitSeconds === undefined
    ? { ok: false, code: answer.code }
    : { ok: false, code: answer.code, waitSeconds: answer.waitSeconds };
}
