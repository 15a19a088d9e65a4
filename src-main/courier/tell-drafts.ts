/**
 * Tells the server which drafts its person has here, by id and time alone, so that the dashboard
 * on another computer can say where something is unfinished. At most every 30 seconds.
 */
import { tellDrafts } from '../../src-shared/contract/draft.ts';
import type { Computer } from '../../src-shared/contract/session.ts';
import type { Person } from '../session/person.ts';
import type { Vault } from '../vault/host.ts';

export const TELL_EVERY_MS = 30_000;

export interface DraftsTold {
  /** Something about the person's drafts has changed. */
  readonly changed: () => void;
  /** Tells what is still to be told, before the person leaves; in time or not at all. */
  readonly finish: () => Promise<void>;
}

export function draftsToTell(
  vault: Vault,
  person: Pick<Person, 'carry' | 'isOpen'>,
  computer: Pick<Computer, 'id'>,
  everyMs = TELL_EVERY_MS,
): DraftsTold {
  let timer: NodeJS.Timeout | undefined;
  async function tell(): Promise<void> {
    timer = undefined;
    if (!person.isOpen) return;
    const kept = await vault.ask('listDrafts', {});
    if (!kept.ok) return;
    const drafts = kept.value.drafts.slice(0, 200).map(({ id, changedAt }) => ({ id, changedAt }));
    await person.carry(tellDrafts, { computerId: computer.id, drafts });
  }
  return {
    changed() {
      timer ??= setTimeout(() => void tell(), everyMs).unref();
    },
    async finish() {
      if (timer === undefined) return;
      clearTimeout(timer);
      await tell();
    },
  };
}
