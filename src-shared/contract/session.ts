/** Sessions: who is signed in on which computer, and for how long (R33, R34). */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Preferences } from './preference.ts';
import { School } from './school.ts';
import { StaffId } from './staff.ts';
import { Email, Id, Instant, Name, Nothing, Password, oneLine } from './values.ts';

/** Limits of a session in seconds (R34): without real input, and in all. */
export const SESSION_IDLE_SECONDS = 15 * 60;
export const SESSION_LONGEST_SECONDS = 12 * 60 * 60;

/** The computer that signs in: a random id of its own and the name IT gave it. */
export const Computer = z.strictObject({ id: Id, name: oneLine(100) });
export type Computer = z.infer<typeof Computer>;

/** What the page may know of a session: everything but its token (R15). */
export const SessionView = z.strictObject({
  staff: z.strictObject({ id: StaffId, name: Name, email: Email, isKeyUser: z.boolean() }),
  school: School,
  preferences: Preferences,
  /** The server's clock when it answered, so that a wrong clock here can be noticed (S24). */
  serverTime: Instant,
  endsAt: Instant,
});
export type SessionView = z.infer<typeof SessionView>;

/** S4. The same answer for an unknown address and for a wrong password (R32). */
export const signIn = endpoint({
  method: 'POST',
  path: '/v1/session',
  access: 'anyone',
  request: z.strictObject({ email: Email, password: Password, computer: Computer }),
  reply: z.strictObject({
    /** 32 random bytes, base64url; kept by the main process in memory only. */
    token: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    session: SessionView,
  }),
});

export const readSession = endpoint({
  method: 'GET',
  path: '/v1/session',
  access: 'signed-in',
  request: Nothing,
  reply: SessionView,
});

/**
 * Said by the client after real input, at most once a minute; nothing else renews (R34).
 * `inputAgoMs`: how long ago the newest input was, in milliseconds; not given: just now.
 */
export const renewSession = endpoint({
  method: 'POST',
  path: '/v1/session/input',
  access: 'signed-in',
  request: z.strictObject({
    inputAgoMs: z
      .int()
      .min(0)
      .max(SESSION_IDLE_SECONDS * 1000)
      .optional(),
  }),
  reply: z.strictObject({ endsAt: Instant }),
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/v1/session',
  access: 'signed-in',
  request: Nothing,
  reply: Nothing,
});

/** Ends all of the person's sessions, this one too. */
export const signOutEverywhere = endpoint({
  method: 'DELETE',
  path: '/v1/sessions',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ ended: z.int() }),
});
