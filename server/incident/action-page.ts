/** The actions of an incident, as many as one answer holds: the newest, then what came before (S13). */
import type { Action, ActionId } from '../../src-shared/contract/action.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { actionsAmong } from '../action/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { ShownIncident, WholeIncident } from './rules.ts';

/**
 * What the actions of one answer may come to, in bytes of JSON. An incident at its longest has
 * about 300 KiB besides; the bridge carries 1 MiB (R16).
 */
export const ACTIONS_LARGEST_BYTES = 512 * 1024;

/** Actions read at once: each may be 50,000 characters long, and most are a few lines. */
const READ_AT_ONCE = 12;

export type ActionPage = Pick<Incident, 'actions' | 'earlierActions'>;

/**
 * The newest of the actions that this reader may see, of those before `before` where it is not
 * null; at least one where there is one. Null where `before` is none of them.
 */
export async function actionPage(
  trx: Transaction,
  {
    shown,
    whole,
    before,
  }: {
    shown: Pick<ShownIncident, 'actions'>;
    whole: Pick<WholeIncident, 'categories' | 'agencies'>;
    before: ActionId | null;
  },
): Promise<ActionPage | null> {
  const end = before === null ? shown.actions.length : indexOf(shown, before);
  if (end === -1) return null;
  const newestFirst: Action[] = [];
  let left = ACTIONS_LARGEST_BYTES;
  for (let to = end; to > 0 && left > 0; to -= READ_AT_ONCE) {
    const facts = shown.actions.slice(Math.max(0, to - READ_AT_ONCE), to);
    const { categories, agencies } = whole;
    const read = await actionsAmong(trx, { facts, categories, agencies });
    for (const action of read.toReversed()) {
      left -= Buffer.byteLength(JSON.stringify(action)) + ','.length;
      if (left < 0 && newestFirst.length > 0) break;
      newestFirst.push(action);
    }
  }
  const first = newestFirst.at(-1);
  const count = first === undefined ? 0 : indexOf(shown, first.id);
  return {
    actions: newestFirst.toReversed(),
    earlierActions: first === undefined || count === 0 ? null : { before: first.id, count },
  };
}

function indexOf({ actions }: Pick<ShownIncident, 'actions'>, actionId: ActionId): number {
  return actions.findIndex(({ id }) => id === actionId);
}
