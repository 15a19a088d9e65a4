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
    /** Whether a forgotten password leaves the person's drafts readable to them (R27). */
    escrow: z.boolean().default(true),
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

/** What is wrong with the configuration: every fault at once, as sentences. */
export class SettingsFault extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** Environment variables that stand above the file, and where they belong. */
export const ENVIRONMENT = {
  MEADOWLARK_DOMAIN: ['listen', 'domain'],
  MEADOWLARK_ADDRESS: ['listen', 'address'],
  MEADOWLARK_PORT: ['listen', 'port'],
  MEADOWLARK_MAIL_URL: ['mail', 'url'],
  MEADOWLARK_MAIL_FROM: ['mail', 'from'],
} as const satisfies Readonly<Record<string, readonly [keyof Settings, string]>>;

/**
 * Checks the text of the configuration file, with the environment over it. Throws `SettingsFault`
 * with all that is wrong: "listen.port: Too big: expected number to be <=65535".
 */
export function parseSettings(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SettingsFault(['The file is not JSON: look for a missing comma or quotation mark.']);
  }
  for (const [name, [part, key]] of Object.entries(ENVIRONMENT)) {
    const value = environment[name];
    if (value === undefined || value === '') continue;
    const section = isRecord(json) ? json[part] : undefined;
    // A port that is no number stays text, so that the schema says what is wrong with it.
    if (isRecord(section))
      section[key] = key === 'port' && /^\d+$/.test(value) ? Number(value) : value;
  }
  const parsed = Settings.safeParse(json);
  if (!parsed.success) {
    throw new SettingsFault(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
    );
  }
  return parsed.data;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
