/**
 * What a computer has to say to the school and to hear from it, signed in or not: that it is there
 * (R42), whom to tell, whether acknowledged items are missing after a restore (R83), who has left (T13). At the
 * first contact, then hourly.
 */
import { enrolComputer, listForgotten, listLacking } from '../../src-shared/contract/computer.ts';
import type { Answer, ErrorCode } from '../../src-shared/contract/errors.ts';
import type { SafeguardingContact } from '../../src-shared/contract/school.ts';
import type { Computer } from '../../src-shared/contract/session.ts';
import type { VaultReply } from '../../src-shared/vault.ts';
import type { ServerLink } from '../link/server-link.ts';
import type { Vault } from '../vault/host.ts';

export const ROUND_MS = 60 * 60_000;

export interface RoundsParts {
  readonly link: Pick<ServerLink, 'ask'>;
  readonly vault: Vault;
  readonly computer: Computer;
  readonly enrolmentCode: string;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  /** The school's newest sealing key: for this vault and those after it. */
  readonly onSealingKey: (key: string) => void;
  /** Whom to tell now, as the school says it today. */
  readonly onContact: (contact: SafeguardingContact) => void;
  readonly onOffered: () => void;
  readonly onForgotten: (staffId: string) => void;
  readonly note: (code: ErrorCode) => void;
}

type Opened = VaultReply<'open'>;

const DONE: Answer<null> = { ok: true, value: null };
/** The school's own word that it does not take this computer. */
const REFUSED: readonly ErrorCode[] = ['not-allowed', 'bad-request', 'not-found'];

export class Rounds {
  readonly #parts: RoundsParts;
  #opened: Opened | null = null;
  /** Whether the school has answered, be it by a refusal. */
  #isAnswered = false;
  #enrolling: Promise<Answer<null>> | null = null;
  #doneAt = Number.NEGATIVE_INFINITY;
  #going: Promise<void> | null = null;

  constructor(parts: RoundsParts) {
    this.#parts = parts;
  }

  /** Whether a round was made, so that nothing more is known to be owed. */
  get isDone(): boolean {
    return this.#doneAt !== Number.NEGATIVE_INFINITY;
  }

  /** The vault's word about this computer, at each of its beginnings. */
  noteOpened(opened: Opened): void {
    this.#opened = opened;
  }

  /**
   * Enrols, where the school has not answered to that yet; fails only where it cannot be told. To be
   * done before anything is carried: what an unknown computer carries is quarantined.
   */
  enrol(): Promise<Answer<null>> {
    if (this.#isAnswered) return Promise.resolve(DONE);
    this.#enrolling ??= this.#enrol().finally(() => (this.#enrolling = null));
    return this.#enrolling;
  }

  /** Makes a round if the last one is an hour ago; the server was just heard from. */
  go(): Promise<void> {
    if (this.#parts.clock() - this.#doneAt < ROUND_MS) return Promise.resolve();
    this.#going ??= this.#round().finally(() => (this.#going = null));
    return this.#going;
  }

  async #enrol(): Promise<Answer<null>> {
    const { link, vault, computer, enrolmentCode: code, note } = this.#parts;
    if (this.#opened === null) return { ok: false, code: 'vault-gone' };
    const { computerKey: publicKey, enrolmentProof: proof } = this.#opened;
    const answer = await link.ask(enrolComputer, { ...computer, publicKey, code, proof }, null);
    if (!answer.ok) {
      note(answer.code);
      if (!REFUSED.includes(answer.code)) return answer;
      // Its items are quarantined and not lost; the next round asks again.
      this.#isAnswered = true;
      return DONE;
    }
    this.#isAnswered = true;
    this.#parts.onContact(answer.value.safeguardingContact);
    const [sealingKey] = answer.value.sealingKeys;
    if (sealingKey === undefined) return DONE;
    this.#parts.onSealingKey(sealingKey);
    await vault.ask('useSealingKey', { sealingKey });
    return DONE;
  }

  async #round(): Promise<void> {
    // The key may have been changed, the computer revoked and let in again.
    this.#isAnswered = false;
    const enrolled = await this.enrol();
    if (!enrolled.ok) return;
    const isHeard = (await this.#offerWhatLacks()) && (await this.#forgetWhoLeft());
    if (isHeard) this.#doneAt = this.#parts.clock();
  }

  async #offerWhatLacks(): Promise<boolean> {
    const { link, vault, computer, onOffered, note } = this.#parts;
    const kept = await vault.ask('listKept', {});
    if (!kept.ok) return false;
    const { ids, proof } = kept.value;
    if (ids.length === 0) return true;
    const answer = await link.ask(listLacking, { computerId: computer.id, ids, proof }, null);
    if (!answer.ok) {
      note(answer.code);
      return false;
    }
    const lacking = ids.filter((id) => answer.value.lacking.includes(id));
    if (lacking.length === 0) return true;
    const offered = await vault.ask('offerAgain', { ids: lacking });
    if (offered.ok) onOffered();
    return offered.ok;
  }

  async #forgetWhoLeft(): Promise<boolean> {
    const { link, vault, computer, onForgotten, note } = this.#parts;
    const people = await vault.ask('listPeople', {});
    if (!people.ok) return false;
    const { staffIds } = people.value;
    if (staffIds.length === 0) return true;
    const proven = await vault.ask('proveForgotten', { staffIds });
    if (!proven.ok) return false;
    const { proof } = proven.value;
    const request = { computerId: computer.id, staffIds, proof };
    const answer = await link.ask(listForgotten, request, null);
    if (!answer.ok) {
      note(answer.code);
      return false;
    }
    const left = staffIds.filter((id) => answer.value.forgotten.includes(id));
    const done = await Promise.all(
      left.map(async (staffId) => {
        const forgotten = await vault.ask('forgetPerson', { staffId });
        if (forgotten.ok) onForgotten(staffId);
        return forgotten.ok;
      }),
    );
    return done.every(Boolean);
  }
}
