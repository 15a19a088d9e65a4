/** The past year of the demo school: incidents, actions and alerts, as facts without ids. */
import { ACTIONS, ADULTS, CONCERNS, LESSONS, PLACES, type ConcernKind } from './concerns.ts';
import type { Random } from './random.ts';
import type { DemoStaff } from './staff.ts';
import type { DemoStudent } from './students.ts';

export interface PastEntry {
  readonly author: DemoStaff;
  readonly text: string;
  readonly happenedAt: Date;
  readonly submittedAt: Date;
  readonly agencies: readonly string[];
  readonly alertedStaff: readonly DemoStaff[];
  readonly alertedGroups: readonly string[];
}

export interface PastIncident extends PastEntry {
  readonly student: DemoStudent;
  /** "Parent / Child", or a category at the top. */
  readonly categories: readonly string[];
  readonly linked: readonly { readonly student: DemoStudent; readonly monitors: boolean }[];
  readonly status: 'active' | 'closed';
  readonly isUrgent: boolean;
  readonly assignees: readonly DemoStaff[];
  readonly actions: readonly PastEntry[];
}

export interface PastOf {
  readonly students: readonly DemoStudent[];
  readonly staff: readonly DemoStaff[];
  /** Who may be assigned: the safeguarding team. */
  readonly team: readonly DemoStaff[];
  readonly now: Date;
  readonly count: number;
  /** Days that the entries are spread over, ending now; at least two weeks. */
  readonly days: number;
  /** How many of them are of the last week. */
  readonly recent: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const RECENT_DAYS = 7;
/** Of the incidents of one day so many are open in the evening ... */
const OPEN_AT_FIRST = 0.8;
/** ... and half of these are closed in so many days: cases end, however long a school is kept. */
const HALF_CLOSED_DAYS = 45;

/**
 * `count` incidents, oldest first: `recent` of the last week, the others evenly over the weeks
 * before it. They are drawn from the newest to the oldest, so that of two schools with as many
 * incidents a week the larger one has the smaller one's past, and years before it.
 */
export function makePast(random: Random, of: PastOf): PastIncident[] {
  const yearGroups = Map.groupBy(of.students, ({ year }) => year);
  const daysEach = (of.days - 2 * RECENT_DAYS) / (of.count - of.recent);
  return Array.from({ length: of.count }, (_, index) => {
    const from = index < of.recent ? 0 : RECENT_DAYS + (index - of.recent) * daysEach;
    const submittedAt = schoolMoment(random, of.now, { from, to: from + RECENT_DAYS });
    return makeIncident(random, of, { submittedAt, yearGroups });
  }).toSorted((one, other) => one.submittedAt.getTime() - other.submittedAt.getTime());
}

function makeIncident(
  random: Random,
  of: PastOf,
  { submittedAt, yearGroups }: { submittedAt: Date; yearGroups: Map<string, DemoStudent[]> },
): PastIncident {
  const kind = random.weighted(CONCERNS);
  const student = random.pick(of.students);
  const template = random.pick(kind.texts);
  const friend = classmateOf(random, student, yearGroups.get(student.year) ?? of.students);
  const namesFriend = template.includes('{friend}');
  const ageDays = (of.now.getTime() - submittedAt.getTime()) / DAY_MS;
  const entry = makeEntry(random, of, { kind, template, student, friend, submittedAt });
  return {
    ...entry,
    student,
    categories: kind.categories,
    linked: namesFriend ? [{ student: friend, monitors: random.chance(0.5) }] : [],
    status: random.chance(OPEN_AT_FIRST * 0.5 ** (ageDays / HALF_CLOSED_DAYS))
      ? 'active'
      : 'closed',
    isUrgent: kind.isUrgent === true,
    assignees: random.chance(0.3) ? [random.pick(of.team)] : [],
    actions: makeActions(random, of, { kind, student, friend, submittedAt }),
  };
}

function classmateOf(
  random: Random,
  student: DemoStudent,
  among: readonly DemoStudent[],
): DemoStudent {
  const [one, other] = random.some(among, 2);
  const friend = one === student ? other : one;
  if (friend === undefined) throw new Error('a student who is alone in the year');
  return friend;
}

interface About {
  readonly kind: ConcernKind;
  readonly student: DemoStudent;
  readonly friend: DemoStudent;
  readonly submittedAt: Date;
}

function makeEntry(
  random: Random,
  of: PastOf,
  about: About & { readonly template: string },
): PastEntry {
  const { kind, template, student, friend, submittedAt } = about;
  const words: Readonly<Record<string, string>> = {
    name: student.knownAs ?? student.forename,
    friend: `${friend.forename} ${friend.surname}`,
    lesson: random.pick(LESSONS),
    place: random.pick(PLACES),
    adult: random.pick(ADULTS),
  };
  const text = template.replace(/\{(\w+)\}/g, (_, slot: string) => words[slot] ?? '');
  return {
    author: random.pick(of.staff),
    text: text.replace(/(^|[.!?] )(mum|dad|their|an older)/g, (whole) => sentenceCase(whole)),
    happenedAt: new Date(submittedAt.getTime() - random.whole(5, 150) * MINUTE_MS),
    submittedAt,
    agencies: kind.agencies ?? [],
    alertedStaff: random.some(of.staff, random.pick([0, 0, 1, 1, 2, 3])),
    alertedGroups: random.chance(0.1) ? ['Pastoral Team'] : [],
  };
}

function makeActions(random: Random, of: PastOf, about: About): PastEntry[] {
  const actions: PastEntry[] = [];
  let last = about.submittedAt;
  for (let left = random.pick([0, 0, 1, 1, 1, 2, 3]); left > 0; left--) {
    last = new Date(last.getTime() + random.whole(40, 5 * 24 * 60) * MINUTE_MS);
    if (last >= of.now) break;
    const template = random.pick(ACTIONS);
    const entry = makeEntry(random, of, { ...about, template, submittedAt: last });
    actions.push({ ...entry, author: random.pick(of.team), agencies: [], alertedGroups: [] });
  }
  return actions;
}

function sentenceCase(text: string): string {
  return text.replace(/[a-z]/, (letter) => letter.toUpperCase());
}

/** A weekday between 8.10 and 16.50, between `from` and `to` days before `now`. */
function schoolMoment(
  random: Random,
  now: Date,
  { from, to }: { readonly from: number; readonly to: number },
): Date {
  for (;;) {
    const moment = new Date(now.getTime() - (from + random.next() * (to - from)) * DAY_MS);
    const weekday = moment.getUTCDay();
    const isSchoolDay = weekday !== 0 && weekday !== 6;
    moment.setUTCHours(8, 10 + random.whole(0, 520), random.whole(0, 59), random.whole(0, 999));
    const age = now.getTime() - moment.getTime();
    if (isSchoolDay && age > 10 * MINUTE_MS && age >= from * DAY_MS && age < to * DAY_MS) {
      return moment;
    }
  }
}
