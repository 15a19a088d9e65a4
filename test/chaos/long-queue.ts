/** R84: many items that waited for the server are carried in their order, each once. */
import SQLite from 'better-sqlite3';
import type { OneComputer } from './one-computer.ts';

/** Those on their way at a time may pass each other, and one that failed once waits a moment. */
const MAY_PASS = 20;

export interface QueueResult {
  readonly isDrained: boolean;
  readonly areAllThereOnce: boolean;
  /** Others that were there before the last of the urgent ones, but for one that tried the way. */
  readonly beforeUrgent: readonly string[];
  /** Where others were taken far out of their turn. */
  readonly outOfTurn: readonly number[];
  readonly held: number;
}

export const IN_ORDER: QueueResult = {
  isDrained: true,
  areAllThereOnce: true,
  beforeUrgent: [],
  outOfTurn: [],
  held: 0,
};

/** Queues so many without the server, every tenth of them urgent, and lets them be carried. */
export async function carryQueue(one: OneComputer, count: number): Promise<QueueResult> {
  const [ana] = one.people;
  const client = await one.start();
  await client.signIn(ana);
  await one.school.stop();
  const ids = await one.submit(client, ana, count, { isUrgent: (index) => index % 10 === 9 });
  const urgent = new Set(ids.filter((_, index) => index % 10 === 9));
  const others = ids.filter((id) => !urgent.has(id));
  await one.school.start();
  await client.wokeUp();
  const isDrained = await one.drained(client);
  const order = carriedIn(one);
  const { marks, held } = one.found();
  const early = order.slice(0, urgent.size).filter((id) => !urgent.has(id));
  const places = order.slice(urgent.size).map((id) => others.indexOf(id));
  return {
    isDrained,
    areAllThereOnce:
      order.toSorted().join() === ids.toSorted().join() && marks.join() === one.submitted.join(),
    // A closed way is tried with what was tried least, urgent or not: the urgent ones may be why.
    beforeUrgent: early.length <= 1 ? [] : early,
    outOfTurn: places.filter((place, index) => Math.abs(place - index) >= MAY_PASS),
    held,
  };
}

function carriedIn(one: OneComputer): string[] {
  const sqlite = new SQLite(one.school.databaseFile, { readonly: true });
  try {
    return sqlite.prepare('SELECT id FROM carried ORDER BY rowid').pluck().all().map(String);
  } finally {
    sqlite.close();
  }
}
