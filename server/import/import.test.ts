/** Importing the register into a real database: matched by ids, all or nothing, said plainly. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listGroups } from '../../src-shared/contract/group.ts';
import { listStaff } from '../../src-shared/contract/staff.ts';
import { listStudents } from '../../src-shared/contract/student.ts';
import { replaceReset, resetByLink } from '../password/rows.ts';
import { actorByToken, startSession } from '../session/rows.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';
import { STAFF_HEADINGS, STUDENT_HEADINGS } from './headings.ts';
import type { ImportOptions } from './import.ts';
import { importStaff, importStudents } from './import.ts';

let school: Larkfield;
beforeEach(async () => {
  school = await openLarkfield();
  school.sqlite.exec('DELETE FROM student');
});
afterEach(() => school.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const HOW: ImportOptions = { apply: true, acceptRefusals: false, leavers: false };
const students = (text: string | Uint8Array, how: Partial<ImportOptions> = {}) =>
  importStudents(school.house, typeof text === 'string' ? bytes(text) : text, { ...HOW, ...how });
const staff = (text: string, how: Partial<ImportOptions> = {}) =>
  importStaff(school.house, bytes(text), { ...HOW, ...how });
const roll = () =>
  school
    .rows('student')
    .map(({ upn, register_id, forename, surname, class_name, is_on_roll }) =>
      [upn, register_id, forename, surname, class_name, is_on_roll].map(String).join(' '),
    )
    .toSorted();
const everything = () =>
  JSON.stringify(
    ['student', 'staff', 'alert_group', 'alert_group_member', 'audit'].map((table) =>
      school.rows(table),
    ),
  );

const HEAD = 'UPN,Adno,Forename,Surname,Reg Group,Year\n';
const A = 'A123456789012';
const B = 'B123456789012';

describe('what files look like', () => {
  const lines = (columns: string[], ...rows: string[][]) =>
    [columns, ...rows].map((row) => row.join(',')).join('\n');
  test.each([
    [
      'SIMS',
      lines(
        [
          'UPN',
          'Adno',
          'Legal Forename',
          'Legal Surname',
          'Preferred Forename',
          'Reg Group',
          'Year Taught In',
        ],
        [A, '001', 'Maya', 'O’Neil', 'May', '7B', 'Year  7'],
      ),
    ],
    [
      'Arbor',
      lines(
        [
          'Arbor Student ID',
          'UPN',
          'Legal First Name',
          'Legal Last Name',
          'Preferred First Name',
          'Registration Form',
          'Year Group',
        ],
        ['001', A, 'Maya', 'O’Neil', 'May', '7B', 'Year 7'],
      ),
    ],
    [
      'Bromcom',
      lines(
        ['MIS ID', 'First Name', 'Last Name', 'Known as', 'Tutor Group', 'NC Year', 'UPN'],
        ['001', 'Maya', 'O’Neil', 'May', '7B', '7', A],
      ),
    ],
  ])('headings as %s writes them', async (_system, file) => {
    expect(await students(file)).toMatchObject({ applied: true, refusals: 0 });
    const { students: listed } = await school.ask('teacher', listStudents);
    expect(listed).toMatchObject([
      { forename: 'Maya', surname: 'O’Neil', knownAs: 'May', className: '7B', year: '7' },
    ]);
    expect(school.rows('student')).toMatchObject([{ upn: A, register_id: '001' }]);
  });

  const one = `${HEAD}${A},001,Zoë,O’Brien,7B,7`;
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(one, 'utf16le')]);
  const windows = Uint8Array.from(one.split(''), (letter) =>
    letter === '’' ? 0x92 : letter.charCodeAt(0),
  );
  test.each([
    ['UTF-8', bytes(one)],
    ['UTF-8 with a byte order mark', bytes(`\uFEFF${one}`)],
    ['Windows-1252', windows],
    ['UTF-16', utf16],
    ['semicolons', bytes(one.replaceAll(',', ';'))],
    ['tabs', bytes(one.replaceAll(',', '\t'))],
    ['CRLF', bytes(one.replaceAll('\n', '\r\n'))],
    ['CR', bytes(one.replaceAll('\n', '\r'))],
    ['a title above the headings', bytes(`Whole school list\n\n${one}`)],
    ['quoted cells', bytes(one.replaceAll(/[^,\n]+/g, '"$&"'))],
    ['a spreadsheet’s noughts', bytes(one.replace('001', '"=""001"""'))],
  ])('%s', async (_what, file) => {
    expect(await students(file)).toMatchObject({ applied: true, refusals: 0 });
    expect(roll()).toEqual([`${A} 001 Zoë O’Brien 7B 1`]);
  });

  test.each([
    ['nothing', '', 'empty'],
    ['a workbook', 'PK\u0003\u0004xl/', 'workbook'],
    ['a picture', '\u0089PNG\r\n\u001A\n\u0000\u0000', 'not a text file'],
    ['an open quotation mark', `${HEAD}"${A},1,Maya,Lee,7B,7\n`, 'never closed'],
    ['a row without end', `${HEAD}${A},1,"${'x'.repeat(200_000)}",Lee,7B,7`, 'longer than any'],
    ['other headings', 'Name;Colour\nMaya;red\n', 'Found: Name | Colour'],
  ])('%s is refused whole, in words', async (_what, file, words) => {
    const before = everything();
    const result = await students(file);
    expect(result).toMatchObject({ applied: false, refusals: 1 });
    expect(result.report).toContain(words);
    expect(everything()).toBe(before);
  });

  test('a wrong header is answered with the headings found and those needed', async () => {
    const { report } = await students('Naam,\u001b[31mKlas\nx,y');
    expect(report).toContain('Found: Naam | ·[31mKlas');
    expect(report).toContain('one of "Forename", "Legal Forename", "First Name"');
    expect(report).toContain('"UPN", "Unique Pupil Number"');
  });

  test('no bytes at all make it fail otherwise than in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (tail) => {
        const file = new Uint8Array([...bytes(HEAD), ...tail]);
        expect((await students(file, { apply: false })).report).not.toBe('');
      }),
      { numRuns: 200 },
    );
  });
});

describe('R19 people are matched by ids, never by name', () => {
  test('T19 namesakes and twins stay apart; a renamed student stays one', async () => {
    await students(`${HEAD}${A},1,Ben,Stone,7B,7\n${B},2,Ben,Stone,7B,7\n`);
    expect(roll()).toEqual([`${A} 1 Ben Stone 7B 1`, `${B} 2 Ben Stone 7B 1`]);
    const ids = school.rows('student').map(({ id }) => id);
    await students(`${HEAD}${A},1,Ben,Stone-Lee,8C,8\n${B},2,Ben,Stone,7B,7\n`);
    expect(roll()).toEqual([`${A} 1 Ben Stone-Lee 8C 1`, `${B} 2 Ben Stone 7B 1`]);
    expect(school.rows('student').map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ['no id', `,,Ben,Stone,7B,7`, 'never found by name'],
    [
      'a register id that is known under another UPN',
      `C123456789012,1,Ben,Stone,7B,7`,
      'another UPN',
    ],
    [
      'the UPN of one and the register id of another',
      `${A},2,Ben,Stone,7B,7`,
      'two people in one row',
    ],
    ['the same UPN twice', `${A},1,Ben,Stone,7B,7\n${A},,Ben,Stone,7B,7`, 'stands on line'],
    [
      'two rows that mean one student',
      `${A},,Ben,Stone,7B,7\n,1,Ben,Stone,7B,7`,
      'and so does line',
    ],
    ['an empty forename', `${A},1,,Stone,7B,7`, 'Forename is empty'],
    ['marks of text direction', `${A},1,Ben\u202E,Stone,7B,7`, 'direction of text'],
    ['a formula', `${A},1,"=HYPERLINK(""http://x"")",Stone,7B,7`, 'like a formula'],
    ['a name in two lines', `${A},1,"Ben\nJoe",Stone,7B,7`, 'more than one line'],
    ['a name without end', `${A},1,${'B'.repeat(101)},Stone,7B,7`, 'longer than 100'],
  ])(
    '%s is refused by its line, and nothing else of the file is applied',
    async (_what, rows, reason) => {
      await students(`${HEAD}${A},1,Ben,Stone,7B,7\n${B},2,Ben,Stone,7B,7\n`);
      const before = everything();
      const file = `${HEAD}D123456789012,9,Nia,Wood,7B,7\n${rows}\n`;
      const result = await students(file);
      expect(result.applied).toBe(false);
      expect(result.refusals).toBeGreaterThan(0);
      expect(result.report).toMatch(new RegExp(`Line 3: .*${reason}`));
      expect(everything()).toBe(before);

      await students(file, { acceptRefusals: true });
      expect(roll()).toEqual([
        `${A} 1 Ben Stone 7B 1`,
        `${B} 2 Ben Stone 7B 1`,
        'D123456789012 9 Nia Wood 7B 1',
      ]);
    },
  );

  test('the line of a refusal is the one in the file, whatever stands in cells above', async () => {
    const { report } = await students(`${HEAD}${A},1,Ben,Stone,"7\nB",7\n\n,,Nia,Wood,7B,7\n`);
    expect(report).toContain('Line 2: Class has more than one line.');
    expect(report).toContain('Line 5: has neither a UPN');
  });

  test('a UPN is filled in by the register id, an empty cell takes no id away', async () => {
    await students('Adno,Forename,Surname\n1,Ben,Stone\n');
    await students(`${HEAD}${A},1,Ben,Stone,7B,7\n`);
    await students('UPN,Adno,Forename,Surname\n,1,Ben,Stone\n');
    expect(roll()).toEqual([`${A} 1 Ben Stone 7B 1`]);
  });

  test('both names changing at once is done, and pointed out', async () => {
    await students(`${HEAD}${A},1,Ben,Stone,7B,7\n`);
    const { report } = await students(`${HEAD}${A},1,Nia,Wood,7B,7\n`);
    expect(report).toContain(
      'Check: Line 2: Ben Stone (7B) gets another forename and another surname',
    );
  });
});

describe('nothing half done', () => {
  test('without --apply only the table is made', async () => {
    const before = everything();
    const result = await students(`${HEAD}${A},1,Ben,Stone,7B,7\n`, { apply: false });
    expect(result).toMatchObject({ applied: false, refusals: 0 });
    expect(result.report).toContain('New students: 1');
    expect(result.report).toContain('Nothing has been changed yet.');
    expect(everything()).toBe(before);
  });

  test('the table says what changes, field by field', async () => {
    await students(`${HEAD}${A},1,Ben,Stone,7B,7\n${B},2,Nia,Wood,7B,7\n`);
    const { report } = await students(`${HEAD}${A},1,Ben,Stone,8C,8\n${B},2,Nia,Wood,7B,7\n`);
    expect(report).toMatch(/Changed: 1\n\s+Line +Who +What +Before +After\n/);
    expect(report).toMatch(/2 +Ben Stone \(7B\) +Class +7B +8C\n/);
    expect(report).toContain('Unchanged: 1');
  });

  test('the same file again changes nothing and audits nothing', async () => {
    const file = `${HEAD}${A},1,Ben,Stone,7B,7\n`;
    await students(file);
    const before = everything();
    expect((await students(file)).report).toContain('Unchanged: 1');
    expect(everything()).toBe(before);
    expect(school.rows('audit')).toMatchObject([
      { event: 'import', object_id: school.rows('student')[0]?.['id'], staff_id: null },
    ]);
  });

  test('who is not in the file stays on roll, unless that is asked for', async () => {
    await students(`${HEAD}${A},1,Ben,Stone,7B,7\n${B},2,Nia,Wood,7B,7\n`);
    const file = `${HEAD}${A},1,Ben,Stone,7B,7\n`;
    const kept = await students(file);
    expect(kept.report).toMatch(/Not in the file any more: 1 \(left as they are.*\n +Nia Wood/);
    expect(roll()[1]).toBe(`${B} 2 Nia Wood 7B 1`);
    await students(file, { leavers: true });
    expect(roll()[1]).toBe(`${B} 2 Nia Wood 7B 0`);
    const back = await students(`${file}${B},2,Nia,Wood,7B,7\n`);
    expect(back.report).toMatch(/Nia Wood \(7B\) +On roll again +no +yes/);
    expect(roll()[1]).toBe(`${B} 2 Nia Wood 7B 1`);
  });

  test('nobody leaves by a file with refused lines: they may be one of them', async () => {
    await students(`${HEAD}${A},1,Ben,Stone,7B,7\n${B},2,Nia,Wood,7B,7\n`);
    const file = `${HEAD}${A},1,Ben,Stone,7B,7\nB 123,,Nia,Wood,7B,7\n`;
    const result = await students(file, { leavers: true, acceptRefusals: true });
    expect(result).toMatchObject({ applied: true, refusals: 1 });
    expect(result.report).toContain('nobody leaves by this import');
    expect(roll()[1]).toBe(`${B} 2 Nia Wood 7B 1`);
  });

  test('a register of 5,000 is taken at once, and compared at once', async () => {
    const rows = Array.from({ length: 5_000 }, (_unused, index) => {
      const upn = `A${String(index).padStart(12, '0')}`;
      return `${upn},${index},Sam,Smith${index % 9},${index % 13}A,${index % 13}`;
    });
    const first = await students(`${HEAD}${rows.join('\n')}\n`);
    expect(first.report).toContain('New students: 5000');
    expect(first.report).toContain('… and 4950 more');
    const moved = rows.map((row) => row.replace('12A,12', '12B,12'));
    const second = await students(`${HEAD}${moved.join('\n')}\n`);
    expect(second.report).toContain('Changed: 384');
    expect(second.report).toContain('Unchanged: 4616');
    expect(school.rows('student')).toHaveLength(5_000);
  });
});

describe('staff', () => {
  const STAFF_HEAD = 'Staff code,Work Email,Title,Forename,Surname,Job title,Alert groups\n';
  const lead = 'lead,lead@larkfield.example,,Iris,Lyle,,DSL\n';

  test('R33 a link to an address that was wrong, and a leaver’s session, end with the import', async () => {
    const at = school.now.toISOString();
    const { teacher, colleague } = school.staff;
    await school.db.transaction().execute(async (trx) => {
      for (const staffId of [teacher, colleague]) {
        const computer = { id: v7(), name: 'Room 1' };
        const { schoolId } = school;
        await startSession(trx, { id: v7(), schoolId, staffId, token: staffId, computer, at });
        await replaceReset(trx, {
          id: v7(),
          schoolId,
          staffId,
          linkHash: staffId,
          codeHash: staffId,
          at,
          expiresAt: '2026-11-25T00:00:00.000Z',
        });
      }
    });
    const isLive = async (staffId: string) => ({
      link: (await resetByLink(school.db, staffId, at)) !== undefined,
      session: (await actorByToken(school.db, staffId, school.now)) !== null,
    });
    const rest = ['lead,lead@larkfield.example,,Iris,Lyle,,DSL'];
    const moved = 'teacher,right@larkfield.example,,Tariq,Nasser,,';
    await staff([STAFF_HEAD.trim(), moved, ...rest].join('\n'), { leavers: true });
    expect(await isLive(teacher)).toEqual({ link: false, session: true });
    expect(await isLive(colleague)).toEqual({ link: false, session: false });
    // Back the same minute, after a file that was not whole: they sign in anew.
    const back = 'colleague,colleague@larkfield.example,,Cora,Bligh,,';
    await staff([STAFF_HEAD.trim(), moved, back, ...rest].join('\n'));
    expect(await isLive(colleague)).toEqual({ link: false, session: false });
  });

  test('staff are matched by id or e-mail; new groups are made, membership is replaced', async () => {
    const result = await staff(
      `${STAFF_HEAD}${lead}` +
        'deputy,o.marsh@larkfield.example,Mr,Owen,Marsh,Deputy head,SLT|teachers\n' +
        'T9,new@larkfield.example,Ms,Nia,Wood,Teacher,Teachers\n',
    );
    expect(result).toMatchObject({ applied: true, refusals: 0 });
    const { staff: listed } = await school.ask('teacher', listStaff);
    expect(listed).toContainEqual(
      expect.objectContaining({ name: 'Ms Nia Wood', jobTitle: 'Teacher', isKeyUser: false }),
    );
    expect(listed).toContainEqual(
      expect.objectContaining({
        id: school.staff.deputy,
        name: 'Mr Owen Marsh',
        jobTitle: 'Deputy head',
        isKeyUser: false,
      }),
    );
    const { groups } = await school.ask('teacher', listGroups);
    expect(groups.map(({ name, memberIds }) => [name, memberIds.length])).toEqual([
      ['DSL', 1],
      ['SLT', 1],
      ['teachers', 2],
    ]);
    expect(result.report).toMatch(/Mar?sh +E-mail +deputy@larkfield.example +o.marsh@larkfield/);
  });

  test('without a column for groups and titles both stay as they are', async () => {
    school.sqlite
      .prepare("UPDATE staff SET name = 'Dr Iris Lyle' WHERE register_id = 'lead'")
      .run();
    await staff('E-mail,Forename,Surname,Role\nlead@larkfield.example,Iris,Lyle-Shah,Head\n');
    const { staff: listed } = await school.ask('teacher', listStaff);
    expect(listed).toContainEqual({
      id: school.staff.lead,
      name: 'Dr Iris Lyle-Shah',
      jobTitle: 'Head',
      isKeyUser: true,
    });
  });

  test('a list that leaves the safeguarding team without members is pointed out', async () => {
    const file = `${STAFF_HEAD}${lead}deputy,deputy@larkfield.example,,Owen,Marsh,,\n`;
    expect((await staff(file, { apply: false })).report).not.toContain('safeguarding team');
    const empty = file.replace('DSL', 'Teachers');
    expect((await staff(empty, { apply: false })).report).toContain(
      'the safeguarding team (DSL) has no member with this',
    );
  });

  test.each([
    ['a bad e-mail address', 'X1,not an address,,Nia,Wood,,', 'E-mail is not an e-mail address'],
    ['no e-mail address', 'X1,,,Nia,Wood,,', 'E-mail is empty'],
    ['somebody else’s address', 'X1,lead@larkfield.example,,Nia,Wood,,', 'another Staff id'],
    ['two people’s ids', 'deputy,lead@larkfield.example,,Owen,Marsh,,', 'two people in one row'],
    ['too long a name', `X1,n@x.example,Prof,${'N'.repeat(60)},${'W'.repeat(60)},,`, 'whole name'],
  ])('%s is refused', async (_what, row, reason) => {
    const before = everything();
    const result = await staff(`${STAFF_HEAD}${row}\n`);
    expect(result).toMatchObject({ applied: false, refusals: 1 });
    expect(result.report).toMatch(new RegExp(`Line 2: .*${reason}`));
    expect(everything()).toBe(before);
  });

  test('who is not on the list works here still, unless that is asked for', async () => {
    await staff(`${STAFF_HEAD}${lead}`, { leavers: true });
    const { staff: listed } = await school.ask('teacher', listStaff);
    expect(listed.map(({ id }) => id)).toEqual([school.staff.lead]);
  });
});

test('docs/import.md shows the headings that are understood, all of them', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/import.md'), 'utf8');
  const documented = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('`'))
    .map((line) => [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  expect(documented).toEqual([
    ...Object.values(STUDENT_HEADINGS),
    ...Object.values(STAFF_HEADINGS),
  ]);
});
