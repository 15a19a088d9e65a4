/**
 * Every error that can cross a wall, with the sentence that a person sees: what happened, what it
 * means for their text, what to do next. `status` is the HTTP status the server answers with;
 * null where only the client can find it.
 */
import { z } from 'zod';

interface ErrorEntry {
  readonly status: number | null;
  readonly sentence: string;
}

export const ERRORS = {
  'sign-in-refused': {
    status: 401,
    sentence:
      'The e-mail address or the password is not right. Check both and try again, or choose a new password below.',
  },
  'too-many-tries': {
    status: 429,
    sentence:
      'There were too many tries that did not succeed. Nothing of yours is lost. Wait {wait}, then try again.',
  },
  'session-ended': {
    status: 401,
    sentence:
      'You have been signed out, so that nobody else can read on. What you typed is still here. Enter your password to go on.',
  },
  'code-refused': {
    status: 400,
    sentence:
      'This code is not right for this address, has been used already, or expired at midnight. Nothing has changed. Ask for a new e-mail and use its code.',
  },
  'link-refused': {
    status: 410,
    sentence:
      'This link has been used already or expired at midnight. Nothing has changed. Ask for a new e-mail below and use its link.',
  },
  'password-too-short': {
    status: 400,
    sentence:
      'This password is too short: it needs at least 12 characters. Three random words are a good way.',
  },
  'password-too-long': {
    status: 400,
    sentence: 'This password is too long: 128 characters are the most.',
  },
  'password-too-easy': {
    status: 400,
    sentence:
      'This password would be guessed too easily. Nothing has changed. Three random words, such as a colour, a tool and an animal, are a good way.',
  },
  'current-password-wrong': {
    status: 400,
    sentence: 'Your present password is not right. Nothing has changed. Check it and try again.',
  },
  'not-found': {
    status: 404,
    sentence:
      'This cannot be opened. It does not exist, or you have marked it as read. If you need it, ask the safeguarding team to alert you again.',
  },
  'not-allowed': {
    status: 403,
    sentence:
      'You may not do this. Nothing has changed. If you need to, ask the safeguarding team.',
  },
  'bad-request': {
    status: 400,
    sentence:
      'The server could not read what was sent. Your text is still here. Check the form; if it happens again, use Contact Support.',
  },
  'request-too-slow': {
    status: 408,
    sentence:
      'What was sent took too long to arrive, so the server stopped waiting for it. Your text is still here and has not been sent. Check the network and try again.',
  },
  'too-large': {
    status: 413,
    sentence:
      'This is more than can be sent at once. Your text is still here. Shorten it and send the rest as an action.',
  },
  'unknown-reference': {
    status: 422,
    sentence:
      'Someone or something chosen in this form is not in the school’s records any more. Your text is still here. Choose again and submit.',
  },
  'submission-differs': {
    status: 409,
    sentence:
      'An earlier version of this entry has already arrived, and this one is different. Both are kept. Tell the safeguarding team what you meant to add.',
  },
  'already-submitted': {
    status: null,
    sentence:
      'This was submitted before part of Meadowlark had to start again. It is kept on this computer and sent by itself: My History says how far it has come.',
  },
  'method-not-allowed': { status: 405, sentence: 'The server does not know this request.' },
  'server-busy': {
    status: 503,
    sentence:
      'The school’s server is busy. Your text is still here and has not been sent. Wait a moment and try again.',
  },
  'server-failed': {
    status: 500,
    sentence:
      'The school’s server could not do this. Your text is still here and has not been sent. Try again; if it happens again, use Contact Support.',
  },
  'server-unreachable': {
    status: null,
    sentence:
      'The school’s server cannot be reached. Your text is still here and has not been sent. Check the network, leave this open, and try again.',
  },
  'server-not-trusted': {
    status: null,
    sentence:
      'This computer reached a server that is not the school’s, so nothing was sent to it. Your text is still here. Tell IT: the server’s certificate does not match the school file.',
  },
  'reply-not-understood': {
    status: null,
    sentence:
      'Something other than the school’s server answered, perhaps a network’s sign-in page. Nothing counts as sent. Your text is still here. Check the network and try again.',
  },
  'receipt-not-genuine': {
    status: null,
    sentence:
      'The answer was not signed by the school, so this does not count as delivered. Your text is still here. Tell IT and the safeguarding team.',
  },
  'action-on-the-way': {
    status: null,
    sentence:
      'An action that you added to this incident is still on its way to the school. Mark it as read once the action has been delivered; it is sent by itself.',
  },
  'keys-locked': {
    status: null,
    sentence:
      'Part of Meadowlark had to start again. What you typed is still here. Enter your password, so that it is saved on this computer again.',
  },
  'not-saved': {
    status: null,
    sentence:
      'This is not saved: this computer’s disk is full or refuses. Your text is only in this window. Leave it open, copy it out if you must go, and tell IT.',
  },
  'never-here': {
    status: null,
    sentence:
      'The school’s server cannot be reached, and nobody with this address has signed in on this computer yet. Use a computer that you have used before, or report the concern without signing in.',
  },
  'too-long-ago': {
    status: null,
    sentence:
      'The school’s server cannot be reached. By this computer’s clock it was last reached more than 14 days ago, or the clock has gone back since. Your drafts are kept. Sign in once the network is back, or report the concern without signing in.',
  },
  'old-password-wrong': {
    status: null,
    sentence:
      'This is not the earlier password, so your drafts stay closed. Nothing is lost. Check it and try again.',
  },
  'working-offline': {
    status: null,
    sentence:
      'You are working offline. What you write is saved and will be sent by itself. To read, sign in again once the school’s server can be reached.',
  },
  'vault-gone': {
    status: null,
    sentence:
      'Part of Meadowlark did not answer and is starting again. What you typed is still here. Wait a moment and try again.',
  },
  'no-school': {
    status: null,
    sentence: 'This computer has not been set up for a school yet. Ask IT for the school file.',
  },
  'school-file-wrong': {
    status: null,
    sentence:
      'This is not a Meadowlark school file, or it is damaged. Nothing has changed. Ask IT for a new one.',
  },
  'school-file-other': {
    status: null,
    sentence:
      'This computer already belongs to a school, and this file is another one’s. Nothing has changed. Ask IT to remove the old school file first.',
  },
  'program-fault': {
    status: null,
    sentence:
      'Meadowlark could not do this. Your text is still here. Try again; if it happens again, use Contact Support.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof ERRORS;
const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
export const ErrorCode = z.enum(CODES);

/** What a failed request is answered with. `correlationId` finds the line in the server's log. */
export const ErrorReply = z.strictObject({
  code: ErrorCode,
  correlationId: z.string().max(64),
  /** Seconds to wait, with `too-many-tries` and `server-busy`. */
  waitSeconds: z.int().min(0).optional(),
});
export type ErrorReply = z.infer<typeof ErrorReply>;

/** An answer across a wall: nothing is thrown across one. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode; readonly waitSeconds?: number | undefined };

/** The sentence for a person; `{wait}` becomes "20 seconds" or "3 minutes". */
export function sentenceOf(failure: { code: ErrorCode; waitSeconds?: number | undefined }): string {
  const seconds = failure.waitSeconds ?? 60;
  const wait =
    seconds < 60
      ? `${seconds} second${seconds === 1 ? '' : 's'}`
      : `${Math.ceil(seconds / 60)} minute${seconds <= 60 ? '' : 's'}`;
  return ERRORS[failure.code].sentence.replace('{wait}', wait);
}
