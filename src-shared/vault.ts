/**
 * All that the main process may ask of the vault, the process that holds the keys. Every answer is
 * `{ ok, value }` or `{ ok, code }`; nothing is thrown across, and no key ever comes back.
 */
import { z } from 'zod';
import { Concern, KeyCertificate, PublicKey, Signature } from './contract/seal.ts';
import { StaffId } from './contract/staff.ts';
import { Receipt, Submission, SubmissionId } from './contract/submission.ts';
import { Email, Id, Instant, Nothing, Password, oneLine } from './contract/values.ts';

/** Why the vault could not do what it was asked. */
export const VaultCode = z.enum([
  /** Nobody's keys are here: the password is needed first. */
  'locked',
  /** The password does not unwrap this person's keys. */
  'wrong-password',
  /** Offline: nobody with this address has signed in on this computer. */
  'never-here',
  /** Offline: the last contact with the school is more than 14 days ago. */
  'too-long-ago',
  'too-many-tries',
  /** The disk is full or refuses: nothing was saved, the page keeps the text. */
  'not-saved',
  'not-found',
  /** A draft of this id was submitted by this person: it waits, or was delivered. */
  'already-submitted',
  /** The text or the item is larger than may be kept. */
  'too-large',
  /** A receipt or certificate that the school did not sign. */
  'not-genuine',
  /** The process ended or did not answer in time. */
  'gone',
  'fault',
]);
export type VaultCode = z.infer<typeof VaultCode>;

export type VaultAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: VaultCode; readonly waitSeconds?: number | undefined };

/** How long offline sign-in holds after the last contact, in days. */
export const OFFLINE_DAYS = 14;
/** An acknowledged item is kept sealed for this long, in case the server is restored (R83). */
export const KEPT_DAYS = 14;
export const KEPT_LARGEST_BYTES = 1024 * 1024 * 1024;
/** A concern without signing in that is left alone for this long is sent as unfinished. */
export const CONCERN_LEFT_ALONE_MS = 10 * 60 * 1000;
/** A draft's content, in characters of JSON. */
export const DRAFT_LONGEST = 256 * 1024;

/** Where a person was in a form, to bring them back to it: a field's id, the caret, the scroll. */
export const Place = z.strictObject({
  field: z.string().max(100).nullable(),
  selectionStart: z.int().min(0).nullable(),
  selectionEnd: z.int().min(0).nullable(),
  scrollTop: z.int().min(0),
});
export type Place = z.infer<typeof Place>;

export const Draft = z.strictObject({
  id: SubmissionId,
  kind: z.enum(['incident', 'action']),
  /** The incident that an action is added to; null for an incident. */
  incidentId: Id.nullable(),
  /** The form as the page keeps it, JSON: the vault does not look inside. */
  content: z.string().max(DRAFT_LONGEST),
  place: Place,
});
export type Draft = z.infer<typeof Draft>;

/** An older version of a draft, which somebody put back: when its person saved the newest, if that is known. */
export const OlderVersion = z.strictObject({ newestSavedAt: Instant.nullable() });

/**
 * What has happened to an unfinished entry without its person doing it: a damaged disk, or somebody
 * with access to the computer's files. Told until its person has seen it.
 */
export const DraftLoss = z.strictObject({
  /** Of the loss, not of the entry. */
  id: Id,
  is: z.enum([
    /** Its row does not open any more; it is kept aside as it is. */
    'unreadable',
    /** Its row is gone. */
    'missing',
    /** An older version stood in its place; that is listed as such, the newest is gone. */
    'put-back',
    /** It had been discarded or submitted, and is there again. */
    'came-back',
    /** The record of which entries there are is gone: every entry may be an older version. */
    'record',
    /** The disk has lost the person's keys: what was under them opens for nobody any more. */
    'keys',
  ]),
  /** When its person saved it last, as far as that is known. */
  savedAt: Instant.nullable(),
  foundAt: Instant,
});
export type DraftLoss = z.infer<typeof DraftLoss>;

export const DraftRow = z.strictObject({
  id: SubmissionId,
  kind: z.enum(['incident', 'action']),
  incidentId: Id.nullable(),
  content: z.string(),
  changedAt: Instant,
  revision: z.int(),
  /** Set where it is the other version of a draft that was changed on both sides of a crash. */
  otherVersionOf: SubmissionId.nullable(),
  /** Set where it is an older version that was put back. */
  older: OlderVersion.nullable(),
});
export type DraftRow = z.infer<typeof DraftRow>;

/** A submission of the person who is signed in, from *on this computer only* to its receipt. */
export const OwnItem = z.strictObject({
  id: SubmissionId,
  kind: z.enum(['incident', 'action']),
  incidentId: Id.nullable(),
  queuedAt: Instant,
  /** `damaged`: nothing of it can be sent any more, nor read by its author. */
  state: z.enum(['waiting', 'sending', 'delivered', 'differs', 'damaged']),
  receipt: Receipt.nullable(),
  /** What was submitted, until the receipt is there; null afterwards. */
  submission: Submission.nullable(),
});
export type OwnItem = z.infer<typeof OwnItem>;

/** The problem of an item whose sealed bytes are not what was committed: nothing opens it any more. */
export const DAMAGED = 'damaged';
/** The same, once word of it to the safeguarding team is on its way. */
export const DAMAGED_TOLD = 'damaged-told';

/** Whether an item is never carried again. */
export function isDamaged({ problem }: { readonly problem: string | null }): boolean {
  return problem === DAMAGED || problem === DAMAGED_TOLD;
}

/** An item of the outbox, as anyone at this computer may see it: nothing of its content. */
export const WaitingItem = z.strictObject({
  id: SubmissionId,
  /** `left`: what somebody who has left had not finished; `unknown`: its id alone is known. */
  kind: z.enum(['submission', 'concern', 'left', 'unknown']),
  isUrgent: z.boolean(),
  queuedAt: Instant,
  tries: z.int(),
  nextTryAt: Instant,
  /** An error code of the contract, `DAMAGED` or `DAMAGED_TOLD`, or null where it was not tried yet. */
  problem: z.string().max(100).nullable(),
});
export type WaitingItem = z.infer<typeof WaitingItem>;

const Unlocked = z.strictObject({
  staffId: StaffId,
  signingKey: PublicKey,
  /** For `registerKey`, where there is no certificate yet. */
  registrationProof: Signature.nullable(),
});

interface VaultAsk {
  readonly request: z.ZodType;
  readonly reply: z.ZodType;
}
function ask<Request extends z.ZodType, Reply extends z.ZodType>(request: Request, reply: Reply) {
  return { request, reply } satisfies VaultAsk;
}

export const vaultAsks = {
  /** First of all: opens the store in `folder`, the computer's key and the outbox. */
  open: ask(
    z.strictObject({
      folder: z.string().max(1_000),
      /** `id`: what a new device secret is kept under in the keychain; an earlier name is in the store. */
      computer: z.strictObject({ id: Id, name: oneLine(100) }),
      school: z.strictObject({ id: Id, signingKey: PublicKey, sealingKey: PublicKey }),
      /** The vault before this one, of the same run, waited for a keychain that did not answer. */
      wasKeychainSilent: z.boolean().default(false),
    }),
    z.strictObject({
      /** Under which the school knows this computer: made with its key, so another where that was lost. */
      computerId: Id,
      computerKey: PublicKey,
      enrolmentProof: Signature,
      /** `reduced`: no keychain, a file readable by its owner alone is used instead (IT sees it). */
      protection: z.enum(['keychain', 'reduced']),
      isKeychainSilent: z.boolean(),
      /**
       * `recovered`: the store was damaged, now or within the last 14 days; a copy was put aside and
       * what could be read was kept.
       */
      store: z.enum(['ok', 'recovered']),
    }),
  ),
  /** The school's newest sealing key, as it was told at enrolment. */
  useSealingKey: ask(z.strictObject({ sealingKey: PublicKey }), Nothing),

  /**
   * After the server has accepted the password. `needs-old-password`: it was changed elsewhere,
   * or the computer's secret is lost. `mayUseOld`: an old password could open the keys;
   * `mayRecover`: there is an escrow to recover the draft key with.
   */
  unlockOnline: ask(
    z.strictObject({ staffId: StaffId, email: Email, password: Password, hasEscrow: z.boolean() }),
    z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('unlocked'), ...Unlocked.shape }),
      z.strictObject({
        is: z.literal('needs-old-password'),
        mayRecover: z.boolean(),
        mayUseOld: z.boolean(),
      }),
    ]),
  ),
  /**
   * The old password, asked for once; drafts and keys are wrapped anew under the present one. Where
   * the newest keys are open, `password` is null and what earlier ones hold is brought home.
   */
  unlockWithOld: ask(
    z.strictObject({
      staffId: StaffId,
      email: Email,
      old: Password,
      password: Password.nullable(),
    }),
    Unlocked,
  ),
  /** What to ask `recoverDraftKey` with. */
  beginRecovery: ask(
    z.strictObject({ staffId: StaffId }),
    z.strictObject({ sealed: z.base64(), recipient: PublicKey }),
  ),
  /** `password` as in `unlockWithOld`. */
  finishRecovery: ask(
    z.strictObject({
      staffId: StaffId,
      email: Email,
      password: Password.nullable(),
      sealed: z.base64(),
    }),
    Unlocked,
  ),
  /** How many drafts of the person the open keys do not open, and what could; `beginAnew` left them. */
  readEarlierDrafts: ask(
    Nothing,
    z.strictObject({ count: z.int().min(0), mayUseOld: z.boolean(), mayRecover: z.boolean() }),
  ),
  /** Begins anew for a person whose drafts here can be opened by nothing any more; they are kept. */
  beginAnew: ask(
    z.strictObject({ staffId: StaffId, email: Email, password: Password, hasEscrow: z.boolean() }),
    Unlocked,
  ),
  /** Without the server: unwrapping decides (R27). Answers with the profile kept at the last contact. */
  unlockOffline: ask(
    z.strictObject({ email: Email, password: Password }),
    z.strictObject({ ...Unlocked.shape, profile: z.string() }),
  ),
  keepCertificate: ask(z.strictObject({ certificate: KeyCertificate }), Nothing),
  /** The session as the page knows it, JSON, for signing in offline; notes the contact's time. */
  keepProfile: ask(z.strictObject({ profile: z.string().max(DRAFT_LONGEST) }), Nothing),
  /** Online, with the password that the server has just taken. */
  changePassword: ask(z.strictObject({ password: Password }), Nothing),
  /** The people who have keys here, by id: for asking the server who has left. */
  listPeople: ask(Nothing, z.strictObject({ staffIds: z.array(StaffId) })),
  /** Destroys a person's wrapped keys, and with them what they open (T13). */
  forgetPerson: ask(z.strictObject({ staffId: StaffId }), Nothing),

  /** Saves, and answers only after the commit is on the disk. `revision`: the one it was read at, 0 for a new one. */
  saveDraft: ask(
    z.strictObject({
      draft: Draft,
      revision: z.int().min(0),
      /** Main says so while the page is asked for the last time: a full disk gives its reserve. */
      isLast: z.boolean().optional(),
    }),
    z.strictObject({
      id: SubmissionId,
      revision: z.int(),
      savedAt: Instant,
      keptBoth: z.boolean(),
    }),
  ),
  listDrafts: ask(
    Nothing,
    z.strictObject({ drafts: z.array(DraftRow), losses: z.array(DraftLoss) }),
  ),
  /** Their person has read what was lost: it is not told again. */
  noteLossesSeen: ask(z.strictObject({ ids: z.array(Id) }), Nothing),
  readDraft: ask(
    z.strictObject({ id: SubmissionId }),
    z.strictObject({ draft: Draft, revision: z.int(), changedAt: Instant }),
  ),
  /** Discarding can be undone until the vault ends or a minute has passed. */
  discardDraft: ask(z.strictObject({ id: SubmissionId }), Nothing),
  undiscardDraft: ask(z.strictObject({ id: SubmissionId }), Nothing),
  /** In one transaction: signs, seals, queues, keeps the author's copy, removes the draft. */
  submit: ask(
    z.strictObject({ submission: Submission, isUrgent: z.boolean() }),
    z.strictObject({ id: SubmissionId, queuedAt: Instant }),
  ),
  listOwnItems: ask(Nothing, z.strictObject({ items: z.array(OwnItem) })),

  /** Seals at once, without anybody's key; replaces the earlier save of the same id while unsent. */
  saveConcern: ask(z.strictObject({ concern: Concern }), z.strictObject({ savedAt: Instant })),

  listWaiting: ask(Nothing, z.strictObject({ items: z.array(WaitingItem) })),
  /** The sealed bytes (base64) and the headers to carry them with. */
  readSealed: ask(
    z.strictObject({ id: SubmissionId }),
    z.strictObject({
      sealed: z.base64(),
      sealingKeyId: z.string(),
      /** Whose proof it is. */
      computerId: Id,
      proof: Signature,
      isUrgent: z.boolean(),
    }),
  ),
  noteTry: ask(
    z.strictObject({ id: SubmissionId, problem: z.string().max(100), nextTryAt: Instant }),
    Nothing,
  ),
  /** Takes a receipt: only one that the school signed for these bytes ends the waiting. */
  noteReceipt: ask(z.strictObject({ receipt: Receipt }), Nothing),
  /** The id was taken by other bytes, which the school keeps aside: no more tries. */
  noteDiffers: ask(z.strictObject({ id: SubmissionId }), Nothing),
  /**
   * R83: the acknowledged items that are still held, and the damaged ones (R25), which may have
   * arrived; with the proof for `listLacking`.
   */
  listKept: ask(Nothing, z.strictObject({ ids: z.array(SubmissionId), proof: Signature })),
  /** `ids`: what the school lacks is carried again, or its team told that it is lost; `has`: the rest. */
  offerAgain: ask(
    z.strictObject({
      ids: z.array(SubmissionId),
      has: z.array(SubmissionId).default([]),
    }),
    Nothing,
  ),
  /** Somebody here has read that these are damaged; only those that the team was told of go. */
  noteDamageRead: ask(z.strictObject({ ids: z.array(SubmissionId) }), Nothing),
  /** Signs for the computer: `forgotten` for `listForgotten`. */
  proveForgotten: ask(
    z.strictObject({ staffIds: z.array(StaffId) }),
    z.strictObject({ proof: Signature }),
  ),

  /** Roster, categories, groups, staff: for typing offline, under the person's key (R28). */
  keepList: ask(z.strictObject({ name: z.string().max(50), value: z.string() }), Nothing),
  readList: ask(
    z.strictObject({ name: z.string().max(50) }),
    z.strictObject({ value: z.string().nullable(), keptAt: Instant.nullable() }),
  ),
} as const satisfies Readonly<Record<string, VaultAsk>>;

export type VaultAskName = keyof typeof vaultAsks;
export type VaultRequest<N extends VaultAskName> = z.input<(typeof vaultAsks)[N]['request']>;
export type VaultReply<N extends VaultAskName> = z.output<(typeof vaultAsks)[N]['reply']>;

/** One message from main, and the answer with its number. */
export interface VaultMessage {
  readonly number: number;
  readonly ask: string;
  readonly request: unknown;
}
export interface VaultReplyMessage {
  readonly number: number;
  readonly answer: VaultAnswer<unknown>;
}
