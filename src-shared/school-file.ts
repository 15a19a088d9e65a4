/**
 * The school file: the one small JSON file that tells a computer which school it belongs to.
 * `npm run server -- school-file` prints it; IT puts it in place, or a person opens it once.
 */
import { z } from 'zod';
import { Name } from './contract/values.ts';

export const SchoolFile = z.strictObject({
  meadowlark: z.literal('school file'),
  version: z.literal(1),
  schoolId: z.uuid(),
  schoolName: Name,
  /** `https://host[:port]`, nothing after it. */
  server: z
    .url({ protocol: /^https$/ })
    .refine((text) => new URL(text).origin === text, { error: 'more than an origin' }),
  /** The authority to trust, PEM; null where the server has a public certificate. */
  certificateAuthority: z.string().startsWith('-----BEGIN CERTIFICATE-----').max(10_000).nullable(),
  /** Ed25519 public key that receipts are signed with, base64, 32 bytes. */
  signingKey: z.base64().length(44),
  /** X25519 public key that submissions are sealed to, base64, 32 bytes. */
  sealingKey: z.base64().length(44),
  /** With it a computer enrols itself (R42); the school can take it back and make another. */
  enrolmentCode: z.string().min(1).max(100),
});
export type SchoolFile = z.infer<typeof SchoolFile>;
