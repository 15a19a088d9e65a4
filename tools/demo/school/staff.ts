/** The staff of the demo school: titles, jobs, e-mail addresses and the school's alert groups. */
import { FIRST_GROUP_NAME } from '../../../server/group/rows.ts';
import { TRADITIONS } from './names.ts';
import type { Random } from './random.ts';

export interface DemoStaff {
  readonly registerId: string;
  /** '' for most: a title would have to fit a name that is drawn at random. */
  readonly title: '' | 'Dr';
  readonly forename: string;
  readonly surname: string;
  readonly email: string;
  readonly jobTitle: string;
  /** Names of the alert groups that they belong to. */
  readonly groups: readonly string[];
}

/** The group that every new school has; the import makes the others, in the order they appear. */
export const SAFEGUARDING_TEAM = FIRST_GROUP_NAME;

/** In the order of the buttons on the form. */
export const ALERT_GROUPS = [
  SAFEGUARDING_TEAM,
  'SLT',
  'Teachers',
  'Teaching Assistants',
  'Office',
  'Pastoral Team',
  'Early Years and Key Stage 1',
  'Key Stage 2',
  'Key Stage 3',
  'Key Stage 4',
  'Sixth Form',
  'Midday Supervisors',
] as const;

const STAGES = ALERT_GROUPS.slice(6, 11);
const SUBJECTS =
  'English|Mathematics|Science|History|Geography|French|Spanish|Art|Music|Drama|Computing|Physical Education|Design and Technology|Religious Education|Psychology'.split(
    '|',
  );

interface Post {
  readonly jobTitle: string;
  readonly groups: readonly string[];
}

/** The 62 teachers of the school's year, leaders among them, then the 18 who do not teach. */
function posts(count: number): Post[] {
  const fixed: Post[] = [
    { jobTitle: 'Headteacher', groups: ['SLT', 'Teachers'] },
    {
      jobTitle: 'Deputy Headteacher, Designated Safeguarding Lead',
      groups: [SAFEGUARDING_TEAM, 'SLT', 'Teachers', 'Pastoral Team'],
    },
    {
      jobTitle: 'Assistant Headteacher, Deputy Safeguarding Lead',
      groups: [SAFEGUARDING_TEAM, 'SLT', 'Teachers', 'Pastoral Team'],
    },
    {
      jobTitle: 'Head of Primary, Deputy Safeguarding Lead',
      groups: [SAFEGUARDING_TEAM, 'SLT', 'Teachers', 'Early Years and Key Stage 1', 'Key Stage 2'],
    },
    {
      jobTitle: 'Assistant Headteacher, Teaching and Learning',
      groups: ['SLT', 'Teachers', 'Key Stage 4'],
    },
    { jobTitle: 'Head of Sixth Form', groups: ['SLT', 'Teachers', 'Sixth Form'] },
    { jobTitle: 'SENDCo', groups: ['SLT', 'Teachers', 'Pastoral Team'] },
  ];
  const teachers: Post[] = Array.from({ length: 55 }, (_, index) => {
    const stage = STAGES[index % STAGES.length] ?? 'Key Stage 3';
    const isPrimary = index % STAGES.length < 2;
    const subject = SUBJECTS[index % SUBJECTS.length] ?? 'English';
    return {
      jobTitle: isPrimary ? 'Class Teacher' : `Teacher of ${subject}`,
      groups: ['Teachers', stage],
    };
  });
  const others: Post[] = [
    { jobTitle: 'Pastoral and Welfare Lead', groups: [SAFEGUARDING_TEAM, 'Pastoral Team'] },
    { jobTitle: 'Attendance Officer', groups: ['Office', 'Pastoral Team'] },
    { jobTitle: 'School Business Manager', groups: ['SLT', 'Office'] },
    { jobTitle: 'Receptionist', groups: ['Office'] },
    { jobTitle: 'School Nurse', groups: ['Pastoral Team'] },
    ...Array.from({ length: 9 }, (_, index) => ({
      jobTitle: 'Teaching Assistant',
      groups: ['Teaching Assistants', STAGES[index % 4] ?? 'Key Stage 2'],
    })),
    { jobTitle: 'Learning Mentor', groups: ['Pastoral Team', 'Key Stage 4'] },
    { jobTitle: 'Midday Supervisor', groups: ['Midday Supervisors'] },
    { jobTitle: 'Midday Supervisor', groups: ['Midday Supervisors'] },
    { jobTitle: 'Site Manager', groups: ['Office'] },
  ];
  return [...fixed, ...teachers, ...others].slice(0, count);
}

/** One in so many has a doctorate. */
const DOCTORS = 13;

/**
 * Up to 80 members of staff, no two of one name; with 80, 62 teach and 4 are the safeguarding team.
 */
export function makeStaff(random: Random, count: number): DemoStaff[] {
  const taken = new Set<string>();
  const names = new Set<string>();
  return posts(count).map((post, index) => {
    const { forename, surname } = freeName(random, names);
    return {
      registerId: `S${String(index + 1).padStart(3, '0')}`,
      title: index % DOCTORS === DOCTORS - 1 ? 'Dr' : '',
      forename,
      surname,
      email: freeAddress(`${plain(forename)}.${plain(surname)}`, taken),
      ...post,
    };
  });
}

function freeName(random: Random, taken: Set<string>): { forename: string; surname: string } {
  for (;;) {
    const from = random.weighted(TRADITIONS);
    const name = { forename: random.pick(from.forenames), surname: random.pick(from.surnames) };
    const whole = `${name.forename} ${name.surname}`;
    if (name.forename === name.surname || taken.has(whole)) continue;
    taken.add(whole);
    return name;
  }
}

function freeAddress(name: string, taken: Set<string>): string {
  let address = name;
  for (let number = 2; taken.has(address); number++) address = `${name}${number}`;
  taken.add(address);
  return `${address}@larkfield.example`;
}

/** Letters that have no mark to take off: they are written otherwise. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ø: 'o',
  ß: 'ss',
};

/** "Małgorzata" is "malgorzata" in an address. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[łđðıøß]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z-]/g, '');
}
