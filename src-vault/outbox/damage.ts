/** What is damaged in the outbox (R25): the safeguarding team is told of it, then whoever is here. */
import { Name } from '../../src-shared/contract/values.ts';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { DAMAGED, DAMAGED_TOLD, type VaultRequest } from '../../src-shared/vault.ts';
import type { House } from '../house.ts';
import {
  DAMAGE_ARRIVED,
  damagedItems,
  insertItem,
  markDamageRead,
  markDamaged,
  type OutboxRow,
} from './rows.ts';
import { sealInside } from './submit.ts';

/** So many are named in one report; more are counted. */
const NAMED_AT_MOST = 200;

/**
 * By what the school answers to the ids: those that it has arrived before they were damaged here. Of
 * those that it lacks one report goes to its team, as a concern does: there is nobody's key to sign
 * it with. To be called in a transaction; says nothing twice.
 */
export function settleDamaged(
  house: House,
  { lacking, has }: { readonly lacking: readonly string[]; readonly has: readonly string[] },
): void {
  const { sqlite } = house.store;
  const found = damagedItems(sqlite, DAMAGED);
  for (const { id } of found) if (has.includes(id)) markDamaged(sqlite, id, DAMAGE_ARRIVED);
  const lost = found.filter(({ id }) => lacking.includes(id));
  if (lost.length === 0) return;
  queueReport(house, lost);
  for (const { id } of lost) markDamaged(sqlite, id, DAMAGED_TOLD);
}

/** Only what the team was told of goes from the list: until then it is the last that knows of it. */
export function noteDamageRead({ store }: House, { ids }: VaultRequest<'noteDamageRead'>): void {
  store.write(() => markDamageRead(store.sqlite, ids));
}

function queueReport(house: House, lost: readonly OutboxRow[]): void {
  const now = house.now().toISOString();
  const id = SubmissionId.parse(house.newId());
  insertItem(house.store.sqlite, {
    id,
    kind: 'concern',
    ...sealInside(house, {
      kind: 'concern',
      version: 1,
      computerId: house.computer.id,
      concern: {
        id,
        writer: Name.parse('Meadowlark, by itself'),
        student: 'not known',
        text: reportOf(house, lost),
        writtenAt: now,
        isFinished: true,
      },
    }),
    is_urgent: 1,
    is_finished: 1,
    queued_at: now,
    next_try_at: now,
    written_as: id,
    person: null,
    own_about: null,
    own_copy: null,
  });
}

function reportOf({ computer }: House, lost: readonly OutboxRow[]): string {
  const lines = lost.slice(0, NAMED_AT_MOST).map(({ id, kind, queued_at: queuedAt }) => {
    const what = kind === 'concern' ? 'A concern reported without signing in' : 'An entry';
    const when = Date.parse(queuedAt) === 0 ? 'at a time that is lost too' : `at ${queuedAt} (UTC)`;
    return `${what}, submitted ${when}, number ${id}.`;
  });
  return [
    `What was submitted on the computer ${computer.name} was damaged on its disk before it was sent. It cannot be read any more, and has not reached the school: ${lost.length} in all.`,
    'Ask who worked at this computer then whether what they wrote is here, and tell IT.',
    '',
    ...lines,
    ...(lost.length > lines.length ? [`And ${lost.length - lines.length} more.`] : []),
  ].join('\n');
}
