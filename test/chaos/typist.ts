/**
 * Somebody who types and submits without pause, and remembers what they were shown: *Saved on this
 * computer*, *Delivered*. After a crash they look whether it is still there (R76).
 */
import { v7 as newId } from 'uuid';
import type { TestStaff } from '../../server/testing/people.ts';
import type { ClientHandle } from './client-handle.ts';
import { incidentBy, markOf, type Entry } from './entries.ts';
import type { Moment } from './history.ts';
import type { Random } from './random.ts';
import type { SchoolPeople } from './school.ts';

interface OpenDraft {
  readonly id: string;
  revision: number;
  /** The last version that was asked to be saved, and the last that was shown as saved. */
  asked: number;
  saved: number;
  /** Its text was being submitted when something died. */
  isSubmitting: boolean;
}

/** Of how many saves one is a submission. */
const SAVES_A_SUBMISSION = 4;

export class Typist {
  readonly moments: Moment[] = [];
  readonly entries: Entry[] = [];
  /** Items that the person was shown as delivered, with the reference that they were shown. */
  readonly delivered = new Map<string, string>();
  /** How often something was shown as saved. */
  saved = 0;
  /** What was shown as saved and is not there, in words without content. */
  readonly missing: string[] = [];
  readonly #kept = new Set<string>();
  readonly #person: TestStaff;
  readonly #people: SchoolPeople;
  readonly #random: Random;
  readonly #nextNumber: () => number;
  #draft = freshDraft();

  /** `nextNumber` gives each entry a number of its own, whoever of the run submits it. */
  constructor(person: TestStaff, people: SchoolPeople, random: Random, nextNumber: () => number) {
    this.#nextNumber = nextNumber;
    this.#person = person;
    this.#people = people;
    this.#random = random;
  }

  /** Types until something does not answer, or `isOver` says so. */
  async type(client: ClientHandle, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const goesOn =
        this.#draft.saved > 0 && this.#random.chance(1 / SAVES_A_SUBMISSION)
          ? await this.#submit(client)
          : await this.#save(client);
      if (!goesOn) return;
    }
  }

  /** Some entries, as fast as they are taken. */
  async submitSome(client: ClientHandle, count: number): Promise<void> {
    for (let one = 0; one < count; one += 1) await this.#submit(client);
  }

  /** Signed in again: is all still there? Goes on from what is there, as the page does. */
  async look(client: ClientHandle): Promise<void> {
    const shown = await this.lookAtItems(client);
    for (const id of this.#kept) if (!shown.has(id)) this.missing.push(`item ${id}`);
    const draft = this.#draft;
    const read = await client.ask('readDraft', { id: draft.id });
    if (!read.ok) {
      const wasSubmitted = draft.isSubmitting && shown.has(draft.id);
      if (draft.saved > 0 && !wasSubmitted) this.missing.push(`draft ${draft.id}: ${read.code}`);
      this.#draft = freshDraft();
      return;
    }
    const { content } = read.value['draft'] as { readonly content: string };
    const version = Number(JSON.parse(content)[0]);
    if (version < draft.saved || version > draft.asked) {
      this.missing.push(`draft ${draft.id}: version ${version} instead of ${draft.saved}`);
    }
    Object.assign(draft, {
      revision: Number(read.value['revision']),
      saved: version,
      asked: version,
      isSubmitting: false,
    });
  }

  /** Reads the person's own items and remembers which are shown as delivered. */
  async lookAtItems(client: ClientHandle): Promise<ReadonlySet<string>> {
    const { items } = await client.must('listOwnItems');
    const shown = items as readonly {
      readonly id: string;
      readonly receipt: { readonly reference: string } | null;
    }[];
    for (const { id, receipt } of shown) {
      if (receipt !== null) this.delivered.set(id, receipt.reference);
    }
    return new Set(shown.map(({ id }) => id));
  }

  async #save(client: ClientHandle): Promise<boolean> {
    const draft = this.#draft;
    draft.asked += 1;
    const answer = await client.ask('saveDraft', {
      draft: {
        id: draft.id,
        kind: 'incident',
        incidentId: null,
        content: JSON.stringify([draft.asked, 'It was at the gate. '.repeat(draft.asked % 60)]),
        place: { field: 'text', selectionStart: 3, selectionEnd: 3, scrollTop: 40 },
      },
      revision: draft.revision,
    });
    if (!answer.ok) return false;
    draft.saved = draft.asked;
    draft.revision = Number(answer.value['revision']);
    this.saved += 1;
    return true;
  }

  async #submit(client: ClientHandle): Promise<boolean> {
    const draft = this.#draft;
    const number = this.#nextNumber();
    const made = incidentBy(this.#person, this.#people, number, this.#random);
    const entry = { ...made, submission: { ...made.submission, id: draft.id } };
    const element = markOf(number);
    this.entries.push(entry);
    this.moments.push({ is: 'invoke', element });
    draft.isSubmitting = true;
    const { submission, isUrgent } = entry;
    const answer = await client.ask('submit', { submission, isUrgent });
    if (!answer.ok) {
      this.moments.push({ is: 'info', element });
      return false;
    }
    this.moments.push({ is: 'ok', element });
    this.#kept.add(String(answer.value['id']));
    this.saved += 1;
    this.#draft = freshDraft();
    return true;
  }
}

function freshDraft(): OpenDraft {
  return { id: newId(), revision: 0, asked: 0, saved: 0, isSubmitting: false };
}
