/** What the author alone can read of an item: what it is about, and until its receipt, all of it. */
import { z } from 'zod';
import { Submission, SubmissionId, submissionBytes } from '../../src-shared/contract/submission.ts';
import { Receipt } from '../../src-shared/contract/submission.ts';
import { Id } from '../../src-shared/contract/values.ts';
import { isDamaged, type OwnItem, type VaultReply } from '../../src-shared/vault.ts';
import { fingerprint, lockText, openText, toBase64, type Belonging } from '../crypto.ts';
import { unlockedOf, type House, type Unlocked } from '../house.ts';
import type { Database } from '../store/open.ts';
import { instantOr } from './mend.ts';
import { DAMAGE_ARRIVED, DAMAGE_READ, ownRowsOf, type OutboxRow } from './rows.ts';

/** How long a delivered item stays in its author's list. */
const LISTED_MS = 7 * 24 * 60 * 60_000;

const About = z.strictObject({
  kind: z.enum(['incident', 'action']),
  incidentId: Id.nullable(),
  /** Keyed by the draft key: tells whether it is submitted again with the same words. */
  sameness: z.base64(),
  /** The person's ledger of drafts as it was then: one with a lower number was put back (R22). */
  ledger: z.int().default(0),
});
type About = z.infer<typeof About>;

/** Whose, and the key that it is under. */
type OwnKey = Pick<Unlocked, 'staffId' | 'draftKey'>;

function ownBelonging(what: 'about' | 'copy', staffId: string, id: string): Belonging {
  return [`meadowlark own ${what} 1`, staffId, id];
}

/** Sameness is of the words alone: neither the id nor the time of pressing *Submit* counts. */
export function samenessOf({ draftKey }: OwnKey, submission: Submission): string {
  const bytes = submissionBytes({
    ...submission,
    id: SubmissionId.parse('00000000-0000-4000-8000-000000000000'),
    writtenAt: '2000-01-01T00:00:00.000Z',
  });
  return toBase64(fingerprint(draftKey, 'submission', bytes));
}

export function lockOwn(
  unlocked: OwnKey,
  submission: Submission,
  ledger: number,
): { readonly own_about: Uint8Array; readonly own_copy: Uint8Array } {
  const about: About = {
    kind: submission.kind,
    incidentId: submission.kind === 'action' ? submission.incidentId : null,
    sameness: samenessOf(unlocked, submission),
    ledger,
  };
  return {
    own_about: lockOne(unlocked, 'about', submission.id, about),
    own_copy: lockOne(unlocked, 'copy', submission.id, submission),
  };
}

/**
 * Under another key of the same person; null where it does not open. Its sameness goes with the key:
 * it is made anew while the words are here, so that they are known again if they come twice.
 */
export function lockOwnAgain(
  from: OwnKey,
  to: OwnKey,
  row: OutboxRow,
): { readonly about: Uint8Array; readonly copy: Uint8Array | null } | null {
  const about = openAbout(from, row);
  if (about === null) return null;
  const submission = openCopy(from, row);
  const sameness = submission === null ? about.sameness : samenessOf(to, submission);
  return {
    about: lockOne(to, 'about', row.id, { ...about, sameness }),
    copy: submission && lockOne(to, 'copy', row.id, submission),
  };
}

export function openAbout(unlocked: OwnKey, row: OutboxRow): About | null {
  const text = openOwn(unlocked, row, 'about');
  return text === null ? null : About.parse(JSON.parse(text));
}

export function openCopy(unlocked: OwnKey, row: OutboxRow): Submission | null {
  const text = openOwn(unlocked, row, 'copy');
  return text === null ? null : Submission.parse(JSON.parse(text));
}

/** What the person's submissions say of their ledger of drafts: it cannot be older. */
export function highestLedgerNumber(sqlite: Database, unlocked: Unlocked): number {
  const numbers = ownRowsOf(sqlite, unlocked.person).map(
    (row) => openAbout(unlocked, row)?.ledger ?? 0,
  );
  return Math.max(0, ...numbers);
}

/** From *on this computer only* to the receipt, and for a week after it. */
export function listOwnItems(house: House): VaultReply<'listOwnItems'> {
  const unlocked = unlockedOf(house);
  const nowMs = house.now().getTime();
  const items = [];
  for (const row of ownRowsOf(house.store.sqlite, unlocked.person)) {
    const about = openAbout(unlocked, row);
    const id = SubmissionId.safeParse(row.id).data;
    if (about === null || id === undefined || row.problem === DAMAGE_ARRIVED) continue;
    if (row.received_at !== null && nowMs - Date.parse(row.received_at) > LISTED_MS) continue;
    items.push({
      id,
      kind: about.kind,
      incidentId: about.incidentId,
      queuedAt: instantOr(row.queued_at, house.now()),
      state: stateOf(house, row),
      receipt: receiptOf(row),
      submission: openCopy(unlocked, row),
    });
  }
  return { items };
}

/** In the clear as well: null where it is none any more. */
function receiptOf({ receipt }: OutboxRow): Receipt | null {
  if (receipt === null) return null;
  try {
    return Receipt.parse(JSON.parse(receipt));
  } catch {
    return null;
  }
}

function stateOf({ underway }: House, row: OutboxRow): OwnItem['state'] {
  if (row.state === 'waiting' && (isDamaged(row) || row.problem === DAMAGE_READ)) return 'damaged';
  return row.state === 'waiting' && underway.has(row.id) ? 'sending' : row.state;
}

function lockOne(
  { draftKey, staffId }: OwnKey,
  what: 'about' | 'copy',
  id: string,
  value: unknown,
): Uint8Array {
  return lockText(draftKey, JSON.stringify(value), ownBelonging(what, staffId, id));
}

function openOwn(
  { draftKey, staffId }: OwnKey,
  row: OutboxRow,
  what: 'about' | 'copy',
): string | null {
  const locked = what === 'about' ? row.own_about : row.own_copy;
  return locked === null ? null : openText(draftKey, locked, ownBelonging(what, staffId, row.id));
}
