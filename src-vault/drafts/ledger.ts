/**
 * The ledger of a person's drafts (R22): which there are and which revision is the newest, under
 * the person's key, in the transaction of every change. A row alone cannot tell that it is old: it
 * was true once, and opens for ever. The ledger tells, as only its person's vault can write it.
 */
import { z } from 'zod';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { Instant } from '../../src-shared/contract/values.ts';
import { DraftLoss } from '../../src-shared/vault.ts';
import { lockText, openText, toBase64, type Belonging } from '../crypto.ts';
import type { House, Unlocked } from '../house.ts';
import type { Database } from '../store/open.ts';
import { ledgerRow, putLedgerRow, type StoredDraft } from './rows.ts';

/** Whose ledger, and the key that it is under. */
export type LedgerOwner = Pick<Unlocked, 'person' | 'staffId' | 'draftKey'>;

const Entry = z.strictObject({
  id: SubmissionId,
  revision: z.int(),
  /** The end of the row's ciphertext: no other ciphertext that opens has the same. */
  tag: z.base64(),
  changedAt: Instant,
  isDiscarded: z.boolean(),
});
type Entry = z.infer<typeof Entry>;
const Content = z.strictObject({ entries: z.array(Entry), losses: z.array(DraftLoss) });

export interface Ledger {
  /** Raised at every write. */
  readonly number: number;
  readonly entries: Map<string, Entry>;
  /** What has happened to drafts, until their person has seen it. */
  losses: DraftLoss[];
}

const TAG_BYTES = 16;

export function emptyLedger(): Ledger {
  return { number: 0, entries: new Map(), losses: [] };
}

/**
 * Null where there is none, where it does not open, and where it is older than one that this vault
 * has read or than one that the person's submissions speak of (`atLeast`): it was put back.
 */
export function readLedger(sqlite: Database, owner: LedgerOwner, atLeast = 0): Ledger | null {
  const row = ledgerRow(sqlite, owner.person);
  if (row === undefined || row.number < atLeast) return null;
  const text = openText(owner.draftKey, row.content, ledgerBelonging(owner, row.number));
  if (text === null) return null;
  const { entries, losses } = Content.parse(JSON.parse(text));
  return { number: row.number, entries: new Map(entries.map((one) => [one.id, one])), losses };
}

/** To be called in the transaction of the change that it speaks of; answers with its number. */
export function writeLedger(sqlite: Database, owner: LedgerOwner, ledger: Ledger): number {
  const number = ledger.number + 1;
  const content = Content.parse({ entries: [...ledger.entries.values()], losses: ledger.losses });
  putLedgerRow(sqlite, {
    person: owner.person,
    number,
    content: lockText(owner.draftKey, JSON.stringify(content), ledgerBelonging(owner, number)),
  });
  return number;
}

/** The row is the newest of its draft from now on. */
export function enter(ledger: Ledger, row: StoredDraft): void {
  const id = SubmissionId.parse(row.id);
  ledger.entries.set(id, {
    id,
    revision: row.revision,
    tag: tagOf(row),
    changedAt: row.changed_at,
    isDiscarded: row.discarded_ms !== null,
  });
}

/**
 * Whether the row is what its person left there. None at all agrees with no entry, and with one
 * that was discarded: those rows are removed without a key.
 */
export function agrees(entry: Entry | undefined, row: StoredDraft | undefined): boolean {
  if (row === undefined) return entry === undefined || entry.isDiscarded;
  return (
    entry !== undefined &&
    entry.revision === row.revision &&
    entry.tag === tagOf(row) &&
    entry.isDiscarded === (row.discarded_ms !== null)
  );
}

/** The highest number that this vault has read of the person's ledger; after a commit alone. */
export function seenNumber({ ledgerSeen }: House, { person }: LedgerOwner): number {
  return ledgerSeen?.person === person ? ledgerSeen.number : 0;
}

function tagOf({ content }: StoredDraft): string {
  return toBase64(content.slice(-TAG_BYTES));
}

function ledgerBelonging({ staffId }: LedgerOwner, number: number): Belonging {
  return ['meadowlark draft ledger 1', staffId, number];
}
