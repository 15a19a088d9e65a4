/**
 * All that a page may ask of the main process, and all that it is told. Main refuses every other
 * channel, every other sender and every request that does not fit (R12, R13); the page checks the
 * answers. No token, key or password ever goes towards the page (R15).
 */
import { z } from 'zod';
import { listAgencies } from './contract/agency.ts';
import { listAlerts, markAlertRead, undoAlertRead } from './contract/alert.ts';
import { listCategories } from './contract/category.ts';
import { listDraftsElsewhere } from './contract/draft.ts';
import type { Endpoint } from './contract/endpoint.ts';
import type { Answer } from './contract/errors.ts';
import { listGroups } from './contract/group.ts';
import { completeHeld, fileHeld, listHeld, readHeld } from './contract/held.ts';
import {
  listAssigned,
  listHistory,
  listRecentlyViewed,
  readEarlierActions,
  readIncident,
} from './contract/incident.ts';
import { changePassword, requestReset, setPasswordByCode } from './contract/password.ts';
import { Preferences, savePreferences } from './contract/preference.ts';
import { SafeguardingContact } from './contract/school.ts';
import { Concern } from './contract/seal.ts';
import { SessionView } from './contract/session.ts';
import { listStaff } from './contract/staff.ts';
import { listStudents } from './contract/student.ts';
import { SubmissionId } from './contract/submission.ts';
import { Email, Instant, Name, Nothing, Password } from './contract/values.ts';
import { vaultAsks } from './vault.ts';

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

/** One thing that is wrong with IT's policy.json, for IT: the log and the sign-in page name it. */
export const PolicyFault = z.strictObject({
  /** A key of the file, as it stands there; `policy.json` where the whole of it cannot be used. */
  key: z.string().max(40),
  why: z.enum([
    'not-readable',
    'not-roots',
    'too-large',
    'not-json',
    'unknown-key',
    'not-an-absolute-path',
    'not-true-or-false',
    'not-1-to-15',
    /** The folder cannot be reached or written to. */
    'not-usable',
    /** The folder belongs to another account of the computer, or others may write to it. */
    'open-to-others',
    /** An earlier policy named a folder and this one names none: the earlier one is kept. */
    'left-out',
  ]),
});
export type PolicyFault = z.infer<typeof PolicyFault>;

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
  /** What is wrong with IT's policy.json; the usual values hold instead until it is put right. */
  policyFaults: z.array(PolicyFault).max(50),
  /** What was saved on this computer before may lie in a folder that is not in use now. */
  isDataFolderAway: z.boolean(),
  /** False where the system empties the data folder by itself: what waits there would be lost. */
  isFolderLasting: z.boolean(),
  /** Whom to tell now, as the school last said it to this computer; for who reports without signing in. */
  safeguardingContact: SafeguardingContact.nullable(),
  /** The store was damaged: a copy was put aside, and what could be read of it was kept. */
  wasStoreDamaged: z.boolean(),
});
export type ComputerView = z.infer<typeof ComputerView>;

/** `online`: heard from within 5 s; `offline`: not; `not-trusted`: a server with a wrong certificate. */
export const LinkState = z.enum(['connecting', 'online', 'offline', 'not-trusted']);
export type LinkState = z.infer<typeof LinkState>;

/** How far the person's own keys, and with them their drafts, can be used on this computer. */
export const Keys = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('open') }),
  /** The vault had to begin again: the password opens them (`signIn` with the same address). */
  z.strictObject({ is: z.literal('locked') }),
  /** The password was changed elsewhere, or the computer's own secret is lost. */
  z.strictObject({
    is: z.literal('needs-old-password'),
    mayUseOld: z.boolean(),
    mayRecover: z.boolean(),
  }),
]);
export type Keys = z.infer<typeof Keys>;

/** The session as the page knows it: the server's word, and how it stands on this computer. */
export const SessionHere = z.strictObject({
  ...SessionView.shape,
  /**
   * Signed in by the keys alone, without the server: typing and submitting work, lists are those
   * of the last contact, and reading needs `signIn` again once `link` is online.
   */
  offline: z.boolean(),
  keys: Keys,
});
export type SessionHere = z.infer<typeof SessionHere>;

/** An address inside the program: words, ids and marks, never text. */
const Route = z
  .string()
  .max(300)
  .regex(/^[A-Za-z0-9/#?=&._-]*$/);

/** Where a person is in the program; main keeps it while they are locked out. */
export const Whereabouts = z.strictObject({ route: Route, draftId: SubmissionId.nullable() });
export type Whereabouts = z.infer<typeof Whereabouts>;

/**
 * What became of text whose page was taken off the screen by a lock: `all` of it is on the disk;
 * `trying`: it could not be saved yet, is in the program's memory, out of sight, and is tried again;
 * `not-all`: the page ended before it could be saved, and what was typed last is lost.
 */
const KeptText = z.enum(['all', 'trying', 'not-all']);

/** Who is locked out here, for the lock page. */
export const Locked = z.strictObject({ name: Name, kept: KeptText });
export type Locked = z.infer<typeof Locked>;

/** A concern without signing in whose form was closed because nobody went on with it. */
export const LeftConcern = KeptText;
export type LeftConcern = z.infer<typeof LeftConcern>;

/** What waits to be sent from this computer, whoever wrote it; nothing of its content. */
export const Waiting = z.strictObject({
  count: z.int().min(0),
  /** Since when the oldest waits, in whole minutes; 0 where nothing does. */
  oldestMinutes: z.int().min(0),
  /**
   * Something has waited for 10 minutes without a receipt, or is damaged and the school has not been
   * told: the frame says so on every page.
   */
  nobodyAlertedYet: z.boolean(),
  /** How many cannot be sent any more, besides; until somebody has read it. */
  damaged: z.int().min(0),
});
export type Waiting = z.infer<typeof Waiting>;

/** An ask that the vault answers as it is. */
function kept<N extends keyof typeof vaultAsks>(name: N): (typeof vaultAsks)[N] {
  return vaultAsks[name];
}

export const asks = {
  readComputer: ask(Nothing, ComputerView),
  /** Lets the person pick a school file; answers with how the computer stands afterwards. */
  openSchoolFile: ask(Nothing, ComputerView),
  readLink: ask(Nothing, LinkState),

  /** Where the server cannot be reached the keys decide, and the session is `offline` (R27). */
  signIn: ask(z.strictObject({ email: Email, password: Password }), SessionHere),
  /**
   * The three ways on from `needs-old-password`, each within 5 minutes of signing in
   * (`session-ended` after that). `beginAnew` leaves the earlier drafts closed, and keeps them: the
   * other two open them at any time afterwards, while the newest keys are `open`.
   */
  giveOldPassword: ask(z.strictObject({ old: Password }), SessionHere),
  recoverDrafts: ask(Nothing, SessionHere),
  beginAnew: ask(Nothing, SessionHere),
  /** What `beginAnew` left closed. */
  readEarlierDrafts: kept('readEarlierDrafts'),
  /** The session that main holds, after a reload of the page; null where nobody is signed in. */
  readSession: ask(Nothing, SessionHere.nullable()),
  /**
   * Ends the session, the process with the keys and this page; a fresh page asks who signs in.
   * The answer may never be seen. `keys-waited`: the time to open the drafts has passed, and the
   * fresh page says so.
   */
  signOut: ask(z.strictObject({ why: z.enum(['asked', 'keys-waited']).default('asked') }), Nothing),
  signOutEverywhere: ask(Nothing, Nothing),
  /** Real input happened: key, pointer, scroll, dictation. Main renews at most once a minute. */
  noteInput: ask(Nothing, Nothing),
  /** Where the person is now: said at every change of the route or of the draft on the screen. */
  noteWhereabouts: ask(Whereabouts, Nothing),
  /**
   * Saves (`saveNow`), ends the keys' process and this page, and shows the lock page. A page that
   * could not save everything is not ended but out of sight, and may do nothing but save.
   */
  lock: ask(Nothing, Nothing),
  /** Who is locked out here: the lock page shows no more; null where it is an ordinary start. */
  readLocked: ask(Nothing, Locked.nullable()),
  /**
   * The password of whoever is locked out; the page then goes back to `whereabouts`. Where the
   * earlier page is still there it comes back itself, is told `cameBack`, and the answer may never
   * be seen.
   */
  unlock: ask(
    z.strictObject({ password: Password }),
    z.strictObject({ session: SessionHere, whereabouts: Whereabouts.nullable() }),
  ),
  /**
   * Somebody else wants to sign in: who was locked out is forgotten here; their drafts are not. What
   * could not be saved (`kept` is `trying`) ends with that.
   */
  leaveLocked: ask(Nothing, Nothing),
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
  readEarlierActions: carried(readEarlierActions),
  listAssigned: carried(listAssigned),
  listHistory: carried(listHistory),
  listRecentlyViewed: carried(listRecentlyViewed),
  listDraftsElsewhere: carried(listDraftsElsewhere),
  listHeld: carried(listHeld),
  readHeld: carried(readHeld),
  completeHeld: carried(completeHeld),
  fileHeld: carried(fileHeld),

  saveDraft: kept('saveDraft'),
  listDrafts: kept('listDrafts'),
  noteLossesSeen: kept('noteLossesSeen'),
  readDraft: kept('readDraft'),
  discardDraft: kept('discardDraft'),
  undiscardDraft: kept('undiscardDraft'),
  /** The one way to submit, online or not; the courier sets out at once. */
  submit: kept('submit'),
  listOwnItems: kept('listOwnItems'),
  listWaiting: kept('listWaiting'),
  noteDamageRead: kept('noteDamageRead'),
  /** What the telling `waiting` says, for a page that starts. */
  readWaiting: ask(Nothing, Waiting),
  /** The answer to the telling `saveNow`: whether everything typed is on the disk. */
  savedNow: ask(z.strictObject({ isAllSaved: z.boolean() }), Nothing),

  /** Without signing in: each save is sealed at once, and sent if it is left alone for 10 minutes. */
  saveConcern: ask(
    z.strictObject({ concern: Concern.omit({ isFinished: true, writtenAt: true }) }),
    z.strictObject({ savedAt: Instant }),
  ),
  /**
   * The form for a concern is on the screen, or no longer is. Left alone it is closed: by the idle
   * limit, by the system's own lock, and when it is sent as unfinished.
   */
  noteConcernShown: ask(z.strictObject({ isShown: z.boolean() }), Nothing),
  /** For a fresh page: a concern's form was closed before it; null where none was. */
  readLeftConcern: ask(Nothing, LeftConcern.nullable()),
  /** The last save of a concern, and its sending. */
  finishConcern: ask(
    z.strictObject({ concern: Concern.omit({ isFinished: true, writtenAt: true }) }),
    z.strictObject({ savedAt: Instant }),
  ),
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
  waiting: Waiting,
  /**
   * The vault ended and begins anew, without keys: what is typed has to be saved again as soon as
   * the password was given (`keys.is` is `locked` until then).
   */
  vaultRestarted: Nothing,
  /** A page that was out of sight is shown again: its person has given the password. */
  cameBack: SessionHere,
  /** Save everything at once and answer with `savedNow`: the page may be gone in two seconds. */
  saveNow: Nothing,
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
