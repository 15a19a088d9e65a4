/**
 * Tells the server which drafts its person has here, by id and time alone, so that the dashboard
 * on another computer can say where something is unfinished. At most every 30 seconds, and again
 * until the server has heard it.
 */
import { tellDrafts } from '../../src-shared/contract/draft.ts';
import type { Computer } from '../../src-shared/contract/session.ts';
import type { Person } from '../session/person.ts';
import type { Vault } from '../vault/host.ts';

export const TELL_EVERY_MS = 30_000;

export interface DraftsTold {
  /** Something about the person's drafts has changed. */
  readonly changed: () => void;
  /** Tells what is still to be told, before the person leaves: once, whether it is heard or not. */
  readonly finish: () => Promise<void>;
}

export function draftsToTell(
  vault: Vault,
  person: Pick<Person, 'carry' | 'isOpen'>,
  computer: Pick<Computer, 'id'>,
  everyMs = TELL_EVERY_MS,
): DraftsTold {
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();
  /** False where the server has not heard it. */
  async function tell(): Promise<boolean> {
    if (!person.isOpen) return true;
    const kept = await vault.ask('listDrafts', {});
    if (!kept.ok) return false;
    const drafts = kept.value.drafts.slice(0, 200).map(({ id, changedAt }) => ({ id, changedAt }));
    const answer = await person.carry(tellDrafts, { computerId: computer.id, drafts });
    return answer.ok;
  }
  async function tellOrAgain(): Promise<void> {
    timer = undefined;
    if (!(await tell())) plan();
  }
  function plan(): void {
    timer ??= setTimeout(() => {
      telling = tellOrAgain();
    }, everyMs).unref();
  }
  return {
    changed: plan,
    async finish() {
      await telling;
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      await tell();
    },
  };
}
