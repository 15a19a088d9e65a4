/** The school as its signed-in staff see it: its own sentences, its help, its contacts. */
import { z } from 'zod';
import { Email, Name, oneLine } from './values.ts';

export const HelpEntry = z.strictObject({ heading: oneLine(200), text: z.string().max(5_000) });
export type HelpEntry = z.infer<typeof HelpEntry>;

/** The designated safeguarding lead, or whoever is to be told by telephone. */
export const SafeguardingContact = z.strictObject({ name: Name, number: oneLine(50) });
export type SafeguardingContact = z.infer<typeof SafeguardingContact>;

/** S36: where Contact Support leads. At least one of them is set. */
export const Support = z
  .strictObject({
    email: Email.nullable(),
    link: z.url({ protocol: /^https$/ }).nullable(),
  })
  .refine(({ email, link }) => email !== null || link !== null, {
    error: 'neither an e-mail address nor a link',
  });

export const School = z.strictObject({
  name: Name,
  /** IANA name; every date on the screen is in it. */
  timeZone: oneLine(64),
  safeguardingContact: SafeguardingContact,
  support: Support,
  userGuide: z.array(HelpEntry).max(100),
  frequentQuestions: z.array(HelpEntry).max(100),
  sentences: z.strictObject({
    /** Above the incident form. */
    aboutAdults: oneLine(500),
    /** Beside the incident's text; null where the school does not want it. */
    familyWords: oneLine(500).nullable(),
  }),
  showsOpenedByTeam: z.boolean(),
  /**
   * Whether the school can give the key of a person's drafts back after a forgotten password.
   * Without it they are lost then, and the person is told so before the first draft.
   */
  escrow: z.boolean(),
});
export type School = z.infer<typeof School>;
