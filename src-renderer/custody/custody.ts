/**
 * How far an entry has come, from this computer to the safeguarding team's eyes
 * (architecture.md, *How a concern travels*). Delivered needs the school's signed receipt.
 */
import type { HistoryRow } from '../../src-shared/contract/incident.ts';
import type { OwnItem } from '../../src-shared/vault.ts';
import { dateText, dateTimeText, timeText } from '../design/moment.ts';

export type Custody =
  | { readonly is: 'waiting' }
  | { readonly is: 'sending' }
  | {
      readonly is: 'delivered';
      readonly receivedAt: string;
      readonly reference: string;
      /** The school shows whether the team has opened it. */
      readonly showsOpened: boolean;
    }
  /** Arrived, but could not be recorded as it was written. */
  | { readonly is: 'held'; readonly receivedAt: string; readonly reference: string }
  | { readonly is: 'opened'; readonly openedAt: string; readonly reference: string }
  /** Its bytes on this computer are damaged: nothing sends it any more. */
  | { readonly is: 'damaged' }
  /** The school has something else under this id: both are kept, the team sees them. */
  | { readonly is: 'differs' };

/** What this computer knows of an entry, what the school says of it, or both. */
export interface Entry {
  readonly item: OwnItem | null;
  readonly row: HistoryRow | null;
}

/** `schoolShowsOpened` holds where only the receipt is known. */
export function custodyOf({ item, row }: Entry, schoolShowsOpened: boolean): Custody {
  if (item?.state === 'differs') return { is: 'differs' };
  // Its reply may have been lost: until the signed receipt is here, no list of the server's is one.
  if (item !== null && isUndelivered(item)) {
    return item.state === 'sending' ? { is: 'sending' } : { is: 'waiting' };
  }
  if (row !== null) {
    const { reference, openedByTeamAt, showsOpened, submittedAt } = row;
    return showsOpened && openedByTeamAt !== null
      ? { is: 'opened', openedAt: openedByTeamAt, reference }
      : { is: 'delivered', receivedAt: submittedAt, reference, showsOpened };
  }
  if (item?.state === 'damaged') return { is: 'damaged' };
  const receipt = item?.receipt ?? null;
  if (receipt === null) return { is: 'waiting' };
  const { receivedAt, reference, isHeld } = receipt;
  return isHeld === true
    ? { is: 'held', receivedAt, reference }
    : { is: 'delivered', receivedAt, reference, showsOpened: schoolShowsOpened };
}

/** `now` in milliseconds since 1970: what is of another day is said with its date. */
export function custodyWords(
  custody: Custody,
  { timeZone, now }: { readonly timeZone: string; readonly now: number },
): string {
  const at = (instant: string): string => {
    const isToday = dateText(instant, timeZone) === dateText(new Date(now).toISOString(), timeZone);
    return (isToday ? timeText : dateTimeText)(instant, timeZone);
  };
  switch (custody.is) {
    case 'waiting':
      return 'Not sent yet: on this computer only';
    case 'sending':
      return 'Sending';
    case 'delivered':
      return `Delivered to school ${at(custody.receivedAt)}, reference ${custody.reference}${custody.showsOpened ? ', not yet opened' : ''}`;
    case 'held':
      return `Delivered to school ${at(custody.receivedAt)}, reference ${custody.reference}: the safeguarding team has been asked to complete it`;
    case 'opened':
      return `Opened by the safeguarding team ${at(custody.openedAt)}, reference ${custody.reference}`;
    case 'damaged':
      return 'Damaged on this computer and never sent: write it again';
    case 'differs':
      return 'An earlier version of this has already arrived, and this one is different. Both are kept. Tell the safeguarding team what you meant to add.';
  }
}

/** Nobody at the school has it yet, as far as is known here, and it is on its way there. */
export function isUndelivered({ receipt, state }: OwnItem): boolean {
  return receipt === null && !['delivered', 'differs', 'damaged'].includes(state);
}

/**
 * The person's entries, newest first: what the school lists, and what it does not know yet or had
 * from here a moment ago. An entry that both know is one, found by its id or its receipt's reference.
 */
export function mergeEntries(
  items: readonly OwnItem[],
  rows: readonly HistoryRow[],
): readonly (Entry & { readonly id: string; readonly at: string })[] {
  const isSame = (item: OwnItem, row: HistoryRow): boolean =>
    item.id === row.id || item.receipt?.reference === row.reference;
  const known = rows.map((row) => {
    const item = items.find((one) => isSame(one, row)) ?? null;
    return { id: row.id, at: row.submittedAt, item, row };
  });
  const others = items
    .filter((item) => !rows.some((row) => isSame(item, row)))
    .map((item) => ({
      id: item.id,
      at: item.receipt?.receivedAt ?? item.queuedAt,
      item,
      row: null,
    }));
  // What has not arrived stands first: it is what somebody has to know.
  return [...others, ...known].toSorted(
    (a, b) =>
      Number(isPending(b)) - Number(isPending(a)) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0),
  );
}

function isPending({ item, row }: Entry): boolean {
  return item !== null && (isUndelivered(item) || (row === null && item.state === 'damaged'));
}
