/** The server's settings: one configuration file plus environment, checked at start, all errors at once. */
import { z } from 'zod';
import { HelpEntry, SafeguardingContact, Support } from '../src-shared/contract/school.ts';
import { Email, Name, oneLine } from '../src-shared/contract/values.ts';

const TimeZone = oneLine(64).refine(
  (name) => {
    try {
      new Intl.DateTimeFormat('en-GB', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  },
  { error: 'not a time zone, such as Europe/London' },
);

export const Settings = z.strictObject({
  school: z.strictObject({
    id: z.uuid(),
    name: Name,
    timeZone: TimeZone,
    safeguardingContact: SafeguardingContact,
    support: Support,
    userGuide: z.array(HelpEntry).max(100),
    frequentQuestions: z.array(HelpEntry).max(100),
    sentences: z.strictObject({
      aboutAdults: oneLine(500),
      familyWords: oneLine(500).nullable(),
    }),
    showsOpenedByTeam: z.boolean().default(true),
    /** Whether an alert's e-mail names the categories (S12, R104). */
    categoryInEmail: z.boolean().default(true),
  }),
  listen: z.strictObject({
    /** The name that certificate and e-mails carry. */
    domain: z.hostname(),
    address: z.string().default('0.0.0.0'),
    port: z.int().min(1).max(65_535).default(8443),
  }),
  mail: z.strictObject({
    /** smtp://host:port or smtps://host:port, with user:password@ where the mail server asks for it. */
    url: z.url({ protocol: /^smtps?$/ }),
    from: Email,
  }),
});
export type Settings = z.infer<typeof Settings>;
