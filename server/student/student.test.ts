/** The roster, page by page. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listStudents } from '../../src-shared/contract/student.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';
import { ROSTER_PAGE } from './rows.ts';

let school: Larkfield;
beforeAll(async () => {
  school = await openLarkfield();
});
afterAll(() => school.close());

test('S19 the roster holds those on roll, by surname, forename and id, and nothing of their records', async () => {
  const page = await school.ask('teacher', listStudents);
  const { ben, ben2, amina } = school.students;
  expect(page.students.map(({ id }) => id)).toEqual([...[ben, ben2].toSorted(), amina]);
  expect(page.next).toBeNull();
  expect(Object.keys(page.students[0] ?? {}).toSorted()).toEqual(
    ['id', 'forename', 'surname', 'knownAs', 'className', 'year'].toSorted(),
  );
});

test('R16 a roster of thousands comes in pages of a thousand, each student once', async () => {
  const row = school.sqlite.prepare(
    'INSERT INTO student VALUES (?, ?, NULL, NULL, ?, ?, NULL, NULL, NULL, 1, ?)',
  );
  school.sqlite.transaction(() => {
    // Many share a whole name, so that pages end between namesakes.
    for (let count = 0; count < 2_500; count += 1) {
      row.run(v7(), school.schoolId, 'Sam', `Smith${count % 3}`, '2026');
    }
  })();
  const seen: string[] = [];
  const sizes: number[] = [];
  let after: string | undefined;
  do {
    const page = await school.ask('teacher', listStudents, { after });
    seen.push(...page.students.map(({ id }) => id));
    sizes.push(page.students.length);
    after = page.next ?? undefined;
    expect(JSON.stringify(page).length).toBeLessThan(1024 * 1024);
  } while (after !== undefined);
  expect(sizes).toEqual([ROSTER_PAGE, ROSTER_PAGE, 503]);
  expect(new Set(seen).size).toBe(2_503);
});

test('a page behind a student whom the school never had is refused', async () => {
  expect(await school.call('teacher', listStudents, { after: v7() })).toBe('bad-request');
});
