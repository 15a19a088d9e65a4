/**
 * All that a page may ask of the main process, and all that it is told. Main refuses every other
 * channel, every other sender and every request that does not fit (R12, R13); the page checks the
 * answers. No token, key or password ever goes towards the page (R15).
 */
import { z } from 'zod';
import { listAgencies } from './contract/agency.ts';
import { listAlerts, markAlertRead, undoAlertRead } from './contract/alert.ts';
import { listCategories } from './contract/category.ts';
import type { Endpoint } from './contract/endpoint.ts';
import type { Answer } from './contract/errors.ts';
import { listGroups } from './contract/group.ts';
import {
  listAssigned,
  listHistory,
  listRecentlyViewed,
  readIncident,
} from './contract/incident.ts';
import { changePassword, requestReset, setPasswordByCode } from './contract/password.ts';
import { Preferences, savePreferences } from './contract/preference.ts';
import { SessionView } from './contract/session.ts';
import { listStaff } from './contract/staff.ts';
import { listStudents } from './contract/student.ts';
import { sendSubmission } from './contract/submission.ts';
import { Email, Name, Nothing, Password } from './contract/values.ts';

/** The largest message in either direction (R16). */
export const BRIDGE_LARGEST_BYTES = 1024 * 1024;

interface Ask<Request extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly request: Request;
  readonly reply: Reply;
  /** Where main hands the request on to the server as it is. */
  readonly endpoint?: Endpoint;
}

function ask<Request extends z.ZodType, Reply extends z.ZodType>(request: Request, reply: Reply) {
  return { request, reply } satisfies Ask;
}

/** An ask that is an endpoint's own request and reply, carried to the server under the session. */
function carried<Request extends z.ZodType, Reply extends z.ZodType>(
  endpoint: Endpoint<Request, Reply>,
) {
  return { request: endpoint.request, reply: endpoint.reply, endpoint } satisfies Ask;
}

/** What the sign-in page needs to know before anybody has signed in. */
export const ComputerView = z.strictObject({
  version: z.string(),
  /** Null until the school file is in place. */
  schoolName: Name.nullable(),
  /** Why there is no school: none was found, or the file that was found is damaged. */
  schoolFile: z.enum(['in place', 'none', 'damaged']),
  computerName: z.string(),
  /** Text size and tint that were last used here, so that sign-in can be read too. */
  preferences: Preferences,
});
export type ComputerView = z.infer<typeof ComputerView>;

/** `online`: heard from within 5 s; `offline`: not; `not-trusted`: a server with a wrong certificate. */
export const LinkState = z.enum(['connecting', 'online', 'offline', 'not-trusted']);
export type LinkState = z.infer<typeof LinkState>;

export const asks = {
  readComputer: ask(Nothing, ComputerView),
  /** Lets the person pick a school file; answers with how the computer stands afterwards. */
  openSchoolFile: ask(Nothing, ComputerView),
  readLink: ask(Nothing, LinkState),

  signIn: ask(z.strictObject({ email: Email, password: Password }), SessionView),
  /** The session that main holds, after a reload of the page; null where nobody is signed in. */
  readSession: ask(Nothing, SessionView.nullable()),
  signOut: ask(Nothing, Nothing),
  signOutEverywhere: ask(Nothing, Nothing),
  /** Real input happened: key, pointer, scroll, dictation. Main renews at most once a minute. */
  noteInput: ask(Nothing, Nothing),
  /** S36: opens the school's support address in the person's mail program or browser. */
  contactSupport: ask(z.strictObject({ by: z.enum(['email', 'link']) }), Nothing),

  requestReset: carried(requestReset),
  setPasswordByCode: carried(setPasswordByCode),
  changePassword: carried(changePassword),
  savePreferences: carried(savePreferences),
  listStaff: carried(listStaff),
  listStudents: carried(listStudents),
  listGroups: carried(listGroups),
  listCategories: carried(listCategories),
  listAgencies: carried(listAgencies),
  listAlerts: carried(listAlerts),
  markAlertRead: carried(markAlertRead),
  undoAlertRead: carried(undoAlertRead),
  readIncident: carried(readIncident),
  listAssigned: carried(listAssigned),
  listHistory: carried(listHistory),
  listRecentlyViewed: carried(listRecentlyViewed),
  /** Main checks the receipt's signature against the school file before it answers. */
  sendSubmission: carried(sendSubmission),
} as const satisfies Readonly<Record<string, Ask>>;

export type AskName = keyof typeof asks;
export type AskRequest<N extends AskName> = z.input<(typeof asks)[N]['request']>;
export type AskReply<N extends AskName> = z.output<(typeof asks)[N]['reply']>;

/** What the page is told without asking. */
export const tellings = {
  link: LinkState,
  /** Something that this person may see has changed: ask again for what is shown. */
  changed: Nothing,
  /** The session is over; the page asks for the password over what it shows. */
  sessionEnded: Nothing,
} as const;

export type TellingName = keyof typeof tellings;
export type Telling<N extends TellingName> = z.output<(typeof tellings)[N]>;

/** What the preload puts on the window: one function for each ask, one `on…` for each telling. */
export type Bridge = {
  readonly [N in AskName]: (request: AskRequest<N>) => Promise<Answer<unknown>>;
} & {
  /** Calls back for each telling; the answer ends that. */
  readonly listen: (name: TellingName, callback: (telling: unknown) => void) => () => void;
};
