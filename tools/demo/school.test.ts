/** The demo school is believable, many-voiced, and the same for the same seed. */
import { describe, expect, test } from 'vitest';
import { FIRST_CATEGORIES } from '../../server/category/first-categories.ts';
import { IncidentSubmission } from '../../src-shared/contract/submission.ts';
import { Email, Name } from '../../src-shared/contract/values.ts';
import { LARKFIELD, larkfield } from './school.ts';
import { CONCERNS } from './school/concerns.ts';
import { upn } from './school/students.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const school = larkfield({ ...LARKFIELD, now });

describe('Larkfield School', () => {
  test('is the same for the same seed, another for another', () => {
    expect(larkfield({ ...LARKFIELD, now })).toEqual(school);
    const other = larkfield({ ...LARKFIELD, now, seed: LARKFIELD.seed + 1 });
    expect(other.students).not.toEqual(school.students);
  });

  test('has 1,200 students in Reception to Year 13, 80 staff and 400 incidents', () => {
    expect({
      students: school.students.length,
      upns: new Set(school.students.map((student) => student.upn)).size,
      years: new Set(school.students.map((student) => student.year)).size,
      staff: school.staff.length,
      addresses: new Set(school.staff.map((person) => person.email)).size,
      incidents: school.past.length,
    }).toEqual({ students: 1200, upns: 1200, years: 14, staff: 80, addresses: 80, incidents: 400 });
    expect(school.students.map((student) => student.className)).toEqual(
      expect.arrayContaining(['RA', '5B', '10C', '13D']),
    );
  });

  test('has groups as the guide shows them: 4 in the safeguarding team, 62 teachers', () => {
    const inGroup = (name: string) =>
      school.staff.filter((person) => person.groups.includes(name)).length;
    expect({ team: inGroup('DSL'), teachers: inGroup('Teachers') }).toEqual({
      team: 4,
      teachers: 62,
    });
  });

  test('has names that the contract takes as they are', () => {
    for (const student of school.students) {
      expect([Name.parse(student.forename), Name.parse(student.surname)]).toEqual([
        student.forename.normalize('NFC'),
        student.surname.normalize('NFC'),
      ]);
    }
    for (const person of school.staff) expect(Email.parse(person.email)).toBe(person.email);
  });

  test('has names that are hard: namesakes, one name, marks, apostrophes, hyphens, two surnames', () => {
    const names = school.students.map(({ forename, surname }) => `${forename}|${surname}`);
    const namesakes = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    const all = names.join('\n');
    expect({
      namesakes: namesakes.size >= 10,
      oneName: school.students.some(({ forename, surname }) => forename === surname),
      marks: /[łşṣñçéŷ]/.test(all),
      apostrophe: all.includes("O'"),
      hyphen: /\w-\w/.test(all),
      twoSurnames: / (dos|da|de) /.test(all),
      words: school.students.some(({ forename }) => forename === 'Grace'),
      knownAs: school.students.filter(({ knownAs }) => knownAs !== null).length > 10,
    }).toEqual({
      namesakes: true,
      oneName: true,
      marks: true,
      apostrophe: true,
      hyphen: true,
      twoSurnames: true,
      words: true,
      knownAs: true,
    });
  });

  test('uses only categories that a school starts with', () => {
    const known = new Set(
      FIRST_CATEGORIES.flatMap(({ name, below }) => [name, ...below.map((b) => `${name} / ${b}`)]),
    );
    const used = CONCERNS.flatMap(({ categories }) => categories);
    expect(used.filter((category) => !known.has(category))).toEqual([]);
  });

  test('has entries of the past only, on school days, with every slot filled in', () => {
    const entries = school.past.flatMap((incident) => [incident, ...incident.actions]);
    const wrong = entries.filter(
      ({ text, submittedAt, happenedAt }) =>
        /[{}]/.test(text) || submittedAt >= now || happenedAt >= submittedAt,
    );
    expect(wrong).toEqual([]);
    expect(school.past.filter(({ submittedAt }) => submittedAt.getUTCDay() % 6 === 0)).toEqual([]);
    const text = IncidentSubmission.shape.text;
    expect(entries.filter((entry) => text.parse(entry.text) !== entry.text)).toEqual([]);
  });

  test('gives the teacher alerts to read and reports of their own from the last days', () => {
    const weekAgo = now.getTime() - 6 * 24 * 60 * 60 * 1000;
    const recent = school.past.filter(({ submittedAt }) => submittedAt.getTime() > weekAgo);
    const told = recent.filter(({ alertedStaff }) => alertedStaff.includes(school.teacher));
    const written = recent.filter(({ author }) => author === school.teacher);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(written.length).toBeGreaterThanOrEqual(2);
  });

  test('has, kept for longer, the same last years, with cases that were closed before them', () => {
    const daysEach = (LARKFIELD.days - 14) / (LARKFIELD.incidents - LARKFIELD.recent);
    const incidents = 4_000;
    const days = 14 + (incidents - LARKFIELD.recent) * daysEach;
    const older = larkfield({ ...LARKFIELD, now, incidents, days });
    const since = now.getTime() - 300 * 24 * 60 * 60 * 1000;
    const lately = ({ past }: typeof school) =>
      past.filter(({ submittedAt }) => submittedAt.getTime() > since);
    expect(lately(older)).toEqual(lately(school));
    const open = older.past.filter(({ status }) => status === 'active');
    expect(open.filter(({ submittedAt }) => submittedAt.getTime() <= since).length).toBeLessThan(5);
  });

  test('numbers its students by the rule for unique pupil numbers', () => {
    // 9×2+9×3+9×4+4×5+0+0+1×8+2×9+0+0+0+7×13 = 218; 218 mod 23 = 11: the twelfth letter, M.
    expect(upn(7)).toBe('M999400120007');
  });
});
