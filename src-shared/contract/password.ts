/** Passwords: chosen by the person alone, by a link or a code from an e-mail (S1 to S3). */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Email, Nothing, Password } from './values.ts';

/** The code of the e-mail as people type it: case, spaces and dashes do not matter. */
export const ResetCode = z
  .string()
  .max(40)
  .overwrite((text) => text.toUpperCase().replace(/[\s-]/g, ''))
  .refine((text) => /^[2-9A-HJ-NP-Z]{10}$/.test(text), { error: 'not a code' });

/** S1, S3: sends the e-mail where the address is known; the answer is always the same. */
export const requestReset = endpoint({
  method: 'POST',
  path: '/v1/password/reset',
  access: 'anyone',
  request: z.strictObject({ email: Email }),
  reply: Nothing,
});

/** S1, S2: sets the password by the code and spends it, with the link of the same e-mail. */
export const setPasswordByCode = endpoint({
  method: 'POST',
  path: '/v1/password/by-code',
  access: 'anyone',
  request: z.strictObject({ email: Email, code: ResetCode, password: Password }),
  reply: Nothing,
});

/** Changes the password and ends the person's other sessions. */
export const changePassword = endpoint({
  method: 'POST',
  path: '/v1/password/change',
  access: 'signed-in',
  request: z.strictObject({ current: Password, password: Password }),
  reply: Nothing,
});
