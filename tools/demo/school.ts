/**
 * Larkfield School, which does not exist: 1,200 students, 80 staff, their alert groups and a year
 * of incidents. The same seed, moment and sizes make the same school.
 */
import { makePast, type PastIncident } from './school/past.ts';
import { seededRandom } from './school/random.ts';
import { SAFEGUARDING_TEAM, makeStaff, type DemoStaff } from './school/staff.ts';
import { makeStudents, type DemoStudent } from './school/students.ts';

export interface DemoSchool {
  readonly name: string;
  readonly students: readonly DemoStudent[];
  readonly staff: readonly DemoStaff[];
  readonly past: readonly PastIncident[];
  /** The designated safeguarding lead: one of the two who can sign in at once. */
  readonly lead: DemoStaff;
  /** A teacher who is no key user: the other one. */
  readonly teacher: DemoStaff;
}

export interface DemoSchoolSize {
  readonly seed: number;
  readonly now: Date;
  readonly students: number;
  readonly staff: number;
  readonly incidents: number;
  readonly days: number;
  /** How many incidents are of the last week. */
  readonly recent: number;
}

export const LARKFIELD = {
  seed: 20_261_124,
  students: 1_200,
  staff: 80,
  incidents: 400,
  days: 365,
  recent: 40,
} as const;

/** Makes the school. `size.staff` is at least 12, so that there is a team and a teacher. */
export function larkfield(size: DemoSchoolSize): DemoSchool {
  const random = seededRandom(size.seed);
  const students = makeStudents(random, size.students);
  const staff = makeStaff(random, size.staff);
  const team = staff.filter((person) => person.groups.includes(SAFEGUARDING_TEAM));
  const lead = team[0];
  const teacher = staff.find(({ groups }) => groups.length === 2 && groups.includes('Key Stage 3'));
  if (lead === undefined || teacher === undefined) throw new Error('too few staff for a school');
  const past = makePast(random, {
    students,
    staff,
    team,
    now: size.now,
    count: size.incidents,
    days: size.days,
    recent: size.recent,
  });
  return {
    name: 'Larkfield School',
    students,
    staff,
    past: involve(past, { lead, teacher, now: size.now }),
    lead,
    teacher,
  };
}

/**
 * Gives the two who sign in something to see: of the last week's incidents every third was written
 * by the teacher, every third is for the teacher to read, and the lead has cases of their own.
 */
function involve(
  past: readonly PastIncident[],
  { lead, teacher, now }: { lead: DemoStaff; teacher: DemoStaff; now: Date },
): PastIncident[] {
  const weekAgo = now.getTime() - 6 * 24 * 60 * 60 * 1000;
  let recent = 0;
  return past.map((incident) => {
    if (incident.submittedAt.getTime() < weekAgo) return incident;
    recent += 1;
    switch (recent % 6) {
      case 1:
        return { ...incident, author: teacher };
      case 3:
        return { ...incident, status: 'active', assignees: [lead] };
      case 2:
      case 5:
        return incident.author === teacher
          ? incident
          : { ...incident, alertedStaff: [...incident.alertedStaff, teacher] };
      default:
        return incident;
    }
  });
}
