/** Entries of real shape, each with a number in its words by which it is found again, and who is to be told. */
import { v7 as newId } from 'uuid';
import type { TestStaff } from '../../server/testing/people.ts';
import type { Random } from './random.ts';
import type { SchoolPeople } from './school.ts';

/** What stands in the words of an entry and nowhere else: "[entry 4217]". */
export function markOf(number: number): string {
  return `[entry ${number}]`;
}
/** Every mark in a text: an entry that was written twice over would have two. */
export function marksIn(text: string): string[] {
  return text.match(/\[entry \d+\]/g) ?? [];
}

export interface Entry {
  readonly mark: string;
  readonly submission: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly isUrgent: boolean;
  /** By the school's rules: chosen, in a chosen group, assigned, of the team; never its author. */
  readonly told: ReadonlySet<string>;
}

const SENTENCE = 'They were quiet at registration and did not want to say why; I sat with them. ';

export function wordsFor(mark: string, random: Random): string {
  // Most are short; a few are long enough to travel in many pieces.
  const sentences = random.chance(0.04) ? random.between(200, 450) : random.between(1, 30);
  return `${mark} ${SENTENCE.repeat(sentences)}`.slice(0, 45_000).trim();
}

export function incidentBy(
  author: TestStaff,
  people: SchoolPeople,
  number: number,
  random: Random,
): Entry {
  const mark = markOf(number);
  const at = new Date().toISOString();
  const chosen = random.chance(0.4) ? [random.pick(people.teachers)] : [];
  const groups = random.chance(0.3) ? [people.group] : [];
  const assigned = random.chance(0.2) ? [random.pick(people.team)] : [];
  const studentId = random.pick(people.students);
  const linked = people.students.filter((one) => one !== studentId).slice(0, random.between(0, 2));
  const category = random.pick(people.categories);
  return {
    mark,
    isUrgent: category.isUrgent,
    submission: {
      kind: 'incident',
      id: newId(),
      writtenAt: at,
      studentId,
      text: wordsFor(mark, random),
      categoryIds: [category.id],
      linkedStudents: linked.map((id) => ({ studentId: id, monitorsSameCategories: true })),
      happenedAt: at,
      status: 'active',
      assigneeIds: assigned.map(({ id }) => id),
      agencies: random.chance(0.1) ? ['Social Services'] : [],
      alertStaffIds: chosen.map(({ id }) => id),
      alertGroupIds: groups.map(({ id }) => id),
    },
    told: toldBy(author, people, [...chosen, ...assigned, ...groups.flatMap((one) => one.members)]),
  };
}

/** Only by somebody of the team: they may add to every entry. */
export function actionBy(
  author: TestStaff,
  people: SchoolPeople,
  number: number,
  random: Random,
  incidentId: string,
): Entry {
  const mark = markOf(number);
  const at = new Date().toISOString();
  const chosen = random.chance(0.5) ? [random.pick(people.teachers)] : [];
  return {
    mark,
    isUrgent: false,
    submission: {
      kind: 'action',
      id: newId(),
      writtenAt: at,
      incidentId,
      text: wordsFor(mark, random),
      addCategoryIds: [],
      linkedStudentIds: [],
      happenedAt: at,
      agencies: [],
      alertStaffIds: chosen.map(({ id }) => id),
      alertGroupIds: [],
    },
    told: toldBy(author, people, chosen),
  };
}

function toldBy(
  author: TestStaff,
  people: SchoolPeople,
  chosen: readonly TestStaff[],
): Set<string> {
  const told = new Set<string>([...people.team, ...chosen].map(({ id }) => id));
  told.delete(author.id);
  return told;
}
