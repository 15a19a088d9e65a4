/**
 * What a computer has to say to the school and to hear from it, signed in or not: that it is there
 * (R42), whom to tell, whether acknowledged items are missing after a restore (R83), who has left (T13). At the
 * first contact, then hourly.
 */
import { enrolComputer, listForgotten, listLacking } from '../../src-shared/contract/computer.ts';
import type { Answer, ErrorCode } from '../../src-shared/contract/errors.ts';
import type { SafeguardingContact } from '../../src-shared/contract/school.ts';
import type { Computer } from '../../src-shared/contract/session.ts';
import type { StaffId } from '../../src-shared/contract/staff.ts';
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
  readonly random: () => number;
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
/** The vault could not say or do it: another one can, when it is there. */
const VAULT_GONE: Answer<never> = { ok: false, code: 'vault-gone' };
/** Nothing of the school answered, or it was too busy to: what is carried would not arrive either. */
const NOT_HEARD: readonly ErrorCode[] = [
  'server-unreachable',
  'server-not-trusted',
  'reply-not-understood',
  'server-busy',
];
const FIRST_WAIT_MS = 60_000;
/**
 * So long what is carried waits for a server that is there and yet cannot say whether it takes this
 * computer; then it is carried all the same, and the school holds it.
 */
const ENROL_WITHIN_MS = 2 * 60_000;
/** The server takes this many people at once. */
const PEOPLE_AT_ONCE = 500;

export class Rounds {
  readonly #parts: RoundsParts;
  #opened: Opened | null = null;
  /** Whether the school has enrolled or refused this computer: nothing waits for it from then on. */
  #isAnswered = false;
  /** Since when the server is heard and says neither, by `clock`. */
  #undecidedSince: number | null = null;
  #enrolling: Promise<Answer<null>> | null = null;
  #dueAt = Number.NEGATIVE_INFINITY;
  /** How many rounds in a row the school has refused. */
  #refusals = 0;
  #isDone = false;
  #going: Promise<void> | null = null;

  constructor(parts: RoundsParts) {
    this.#parts = parts;
  }

  /** Whether a round was made, or the school wants none of it, so that nothing more is owed now. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** The vault's word about this computer, at each of its beginnings. */
  noteOpened(opened: Opened): void {
    if (this.#opened !== null && this.#opened.computerId !== opened.computerId) {
      // Another computer to the school, which has not heard of it yet.
      this.#isAnswered = false;
      this.#undecidedSince = null;
      this.#dueAt = Number.NEGATIVE_INFINITY;
    }
    this.#opened = opened;
  }

  /**
   * Enrols, where the school has never answered to that; fails only where it cannot be told. To be
   * done before anything is carried: what an unknown computer carries is quarantined. A refusal is
   * an answer too: the school takes what a refused computer carries, and holds it. Any other failure
   * of a server that is there is of the way, for two minutes at most.
   */
  async enrol(): Promise<Answer<null>> {
    if (this.#isAnswered || this.#undecidedLeftMs() <= 0) return DONE;
    const enrolled = await this.#enrol();
    if (enrolled.ok || this.#isAnswered) return DONE;
    if (NOT_HEARD.includes(enrolled.code) || enrolled.code === 'vault-gone') return enrolled;
    this.#undecidedSince ??= this.#parts.clock();
    const leftSeconds = Math.ceil(this.#undecidedLeftMs() / 1000);
    const waitSeconds = Math.min(enrolled.waitSeconds ?? leftSeconds, leftSeconds);
    return { ok: false, code: 'server-busy', waitSeconds };
  }

  #undecidedLeftMs(): number {
    const since = this.#undecidedSince ?? this.#parts.clock();
    return since + ENROL_WITHIN_MS - this.#parts.clock();
  }

  /**
   * Makes a round if one is due; the server was just heard from. The next is due after an hour, or,
   * where the school refused, after a minute that doubles up to an hour, a part of it by chance.
   */
  go(): Promise<void> {
    if (this.#parts.clock() < this.#dueAt) return Promise.resolve();
    this.#going ??= this.#round().finally(() => (this.#going = null));
    return this.#going;
  }

  #enrol(): Promise<Answer<null>> {
    this.#enrolling ??= this.#askToEnrol().finally(() => (this.#enrolling = null));
    return this.#enrolling;
  }

  async #askToEnrol(): Promise<Answer<null>> {
    const { link, vault, computer, enrolmentCode: code } = this.#parts;
    if (this.#opened === null) return VAULT_GONE;
    const { computerId: id, computerKey: publicKey, enrolmentProof: proof } = this.#opened;
    const request = { id, name: computer.name, publicKey, code, proof };
    const answer = await link.ask(enrolComputer, request, null);
    // The answer is for a computer that this one no longer is.
    if (!this.#isStill(id)) return await this.#askToEnrol();
    this.#isAnswered ||= answer.ok || answer.code === 'not-allowed';
    if (!answer.ok) {
      this.#parts.note(answer.code);
      return answer;
    }
    this.#tellContact(answer.value.safeguardingContact);
    const [sealingKey] = answer.value.sealingKeys;
    if (sealingKey === undefined) return DONE;
    this.#parts.onSealingKey(sealingKey);
    await vault.ask('useSealingKey', { sealingKey });
    return DONE;
  }

  #isStill(computerId: string): boolean {
    return this.#opened?.computerId === computerId;
  }

  /** Whatever becomes of it on the disk or the screen, the round goes on. */
  #tellContact(contact: SafeguardingContact): void {
    try {
      this.#parts.onContact(contact);
    } catch {
      this.#parts.note('program-fault');
    }
  }

  async #round(): Promise<void> {
    const asked = this.#opened;
    const answer = await this.#tellAndHear();
    if (asked !== null && !this.#isStill(asked.computerId)) return await this.#round();
    if (answer.ok) {
      this.#refusals = 0;
      this.#isDone = true;
      this.#dueAt = this.#parts.clock() + ROUND_MS;
      return;
    }
    // Tried again as soon as the server is heard from once more, or within the minute.
    if (NOT_HEARD.includes(answer.code) || answer.code === 'vault-gone') return;
    this.#isDone = true;
    this.#dueAt = this.#parts.clock() + this.#waitAfterRefusal(answer.waitSeconds ?? 0);
    this.#refusals += 1;
  }

  #waitAfterRefusal(askedSeconds: number): number {
    const full = Math.min(ROUND_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#refusals, 20));
    const wait = Math.round(full / 2 + (full / 2) * this.#parts.random());
    return Math.min(ROUND_MS, Math.max(wait, askedSeconds * 1000));
  }

  async #tellAndHear(): Promise<Answer<null>> {
    const enrolled = await this.#enrol();
    if (!enrolled.ok) return enrolled;
    const offered = await this.#offerWhatLacks();
    return offered.ok ? await this.#forgetWhoLeft() : offered;
  }

  async #offerWhatLacks(): Promise<Answer<null>> {
    const { link, vault, computer, onOffered, note } = this.#parts;
    const kept = await vault.ask('listKept', {});
    if (!kept.ok) return VAULT_GONE;
    const { ids, proof } = kept.value;
    if (ids.length === 0) return DONE;
    const answer = await link.ask(listLacking, { computerId: computer.id, ids, proof }, null);
    if (!answer.ok) {
      note(answer.code);
      return answer;
    }
    const lacking = ids.filter((id) => answer.value.lacking.includes(id));
    const has = ids.filter((id) => !answer.value.lacking.includes(id));
    const offered = await vault.ask('offerAgain', { ids: lacking, has });
    if (!offered.ok) return VAULT_GONE;
    onOffered();
    return DONE;
  }

  async #forgetWhoLeft(): Promise<Answer<null>> {
    const { vault } = this.#parts;
    const people = await vault.ask('listPeople', {});
    if (!people.ok) return VAULT_GONE;
    const { staffIds } = people.value;
    for (let from = 0; from < staffIds.length; from += PEOPLE_AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other: the first refusal ends it
      const answer = await this.#forgetOf(staffIds.slice(from, from + PEOPLE_AT_ONCE));
      if (!answer.ok) return answer;
    }
    return DONE;
  }

  async #forgetOf(staffIds: StaffId[]): Promise<Answer<null>> {
    const { link, vault, computer, onForgotten, note } = this.#parts;
    const proven = await vault.ask('proveForgotten', { staffIds });
    if (!proven.ok) return VAULT_GONE;
    const { proof } = proven.value;
    const request = { computerId: computer.id, staffIds, proof };
    const answer = await link.ask(listForgotten, request, null);
    if (!answer.ok) {
      note(answer.code);
      return answer;
    }
    const left = staffIds.filter((id) => answer.value.forgotten.includes(id));
    const done = await Promise.all(
      left.map(async (staffId) => {
        const forgotten = await vault.ask('forgetPerson', { staffId });
        if (forgotten.ok) onForgotten(staffId);
        return forgotten.ok;
      }),
    );
    return done.every(Boolean) ? DONE : VAULT_GONE;
  }
}
