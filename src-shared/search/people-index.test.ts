import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Student } from '../contract/student.ts';
import { StudentId } from '../contract/student.ts';
import { fold, foldName, foldWords } from './fold.ts';
import { indexStaff, indexStudents, yearInWords } from './roster-index.ts';
import { StaffId } from '../contract/staff.ts';

function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function student(
  number: number,
  [forename, surname]: readonly [string, string],
  rest: Partial<Pick<Student, 'knownAs' | 'className' | 'year'>> = {},
): Student {
  return {
    id: StudentId.parse(id(number)),
    forename,
    surname,
    knownAs: null,
    className: null,
    year: null,
    ...rest,
  };
}

const ROSTER = [
  student(1, ['Aisha', 'Khan'], { className: '5B', year: '5' }),
  student(2, ['Aisha', 'Khan'], { className: '4A', year: '4' }),
  student(3, ['Aisling', "O'Brien"], { className: '5B', year: '5' }),
  student(4, ['Khandaker', 'Ali'], { className: 'RW', year: 'R' }),
  student(5, ['Ali', 'Ali'], { className: '10 Beech', year: '10' }),
  student(6, ['Mary-Jane', 'van der Berg'], { className: '10 Oak', year: '10' }),
  student(7, ['Elizabeth', 'Smith'], { knownAs: 'Lizzie', className: '9C', year: '9' }),
  student(8, ['Łukasz', 'Wójcik-Żak'], { className: '9C', year: '9' }),
  student(9, ['Natalia', 'Balint'], { className: '9C', year: '9' }),
];

function found(typed: string, limit = 10): string[] {
  return indexStudents(ROSTER)
    .search(typed, limit)
    .people.map((one) => `${one.forename} ${one.surname} ${one.className ?? ''}`);
}

describe('S19 finding a student', () => {
  test.each([
    ['khan ai', ['Aisha Khan 4A', 'Aisha Khan 5B']],
    ['AISHA khan', ['Aisha Khan 4A', 'Aisha Khan 5B']],
    ['khan, aisha 5b', ['Aisha Khan 5B']],
    ['5B', ['Aisha Khan 5B', "Aisling O'Brien 5B"]],
    ['year 9 liz', ['Elizabeth Smith 9C']],
    ['reception', ['Khandaker Ali RW']],
    ['beech', ['Ali Ali 10 Beech']],
    ['obrien', ["Aisling O'Brien 5B"]],
    ['o’bri', ["Aisling O'Brien 5B"]],
    ['brien', ["Aisling O'Brien 5B"]],
    ['mary jane', ['Mary-Jane van der Berg 10 Oak']],
    ['berg', ['Mary-Jane van der Berg 10 Oak']],
    ['vanderb', ['Mary-Jane van der Berg 10 Oak']],
    ['wojcik', ['Łukasz Wójcik-Żak 9C']],
    ['ŁUK', ['Łukasz Wójcik-Żak 9C']],
    ['ukas', ['Łukasz Wójcik-Żak 9C']],
    ['zzz', []],
    ['', []],
  ])('"%s"', (typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });

  test('the whole name comes first, then beginnings, then parts, then the middle of a name', () => {
    expect(found('ali')).toEqual(['Ali Ali 10 Beech', 'Khandaker Ali RW', 'Natalia Balint 9C']);
    expect(found('khan').at(-1)).toBe('Khandaker Ali RW');
  });

  test('several words: the best is first even where it comes late in the alphabet', () => {
    const index = indexStudents([
      student(1, ['Susan', 'Abbas']),
      student(2, ['Joan', 'Aubade']),
      student(3, ['Diana', 'Babar']),
      student(4, ['Ann', 'Baker']),
    ]);
    expect(index.search('an ba', 1).people.map(({ surname }) => surname)).toEqual(['Baker']);
  });

  test('no more than the limit, and whether there are more', () => {
    const index = indexStudents(ROSTER);
    expect(index.search('ai', 2)).toMatchObject({ people: { length: 2 }, hasMore: true });
    expect(index.search('ai', 3)).toMatchObject({ people: { length: 3 }, hasMore: false });
  });

  test('who has been chosen already is not offered again', () => {
    const { people } = indexStudents(ROSTER).search('khan ai', 5, (one) => one.id !== id(2));
    expect(people.map((one) => one.className)).toEqual(['5B']);
  });
});

test('S28 a colleague is found by any word of the name or the job title', () => {
  const index = indexStaff([
    {
      id: StaffId.parse(id(1)),
      name: 'Grace Adeyemi',
      jobTitle: 'Head of Year 9',
      isKeyUser: true,
    },
    { id: StaffId.parse(id(2)), name: 'Tom Headley', jobTitle: null, isKeyUser: false },
  ]);
  const names = (typed: string) => index.search(typed, 5).people.map((one) => one.name);
  expect([names('head'), names('year'), names('adey gr'), names('tom headley')]).toEqual([
    ['Tom Headley', 'Grace Adeyemi'],
    ['Grace Adeyemi'],
    ['Grace Adeyemi'],
    ['Tom Headley'],
  ]);
});

const name = fc
  .array(
    fc.constantFrom(
      'Al',
      'Ali',
      'Zoë',
      'Łuk',
      'O’',
      "D'",
      'Mac',
      'van ',
      'Ng',
      '-',
      'Jo',
      'ann',
      'ß',
      'İ',
      'Σας',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => foldName(text).text !== '');

const roster = fc
  .array(
    fc.record({
      forename: name,
      surname: name,
      knownAs: fc.option(name),
      className: fc.option(fc.constantFrom('5B', '10 Oak', 'R')),
      year: fc.option(fc.constantFrom('5', '10', 'R')),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ forename, surname, ...rest }, at) => student(at, [forename, surname], rest)),
  );

test('every student is found by every part of two letters or more of every name', () => {
  fc.assert(
    fc.property(roster, fc.nat(), fc.nat(), fc.nat(), (students, who, from, length) => {
      const chosen = students[who % students.length];
      if (chosen === undefined) return;
      const index = indexStudents(students);
      for (const written of [chosen.forename, chosen.surname, chosen.knownAs]) {
        if (written === null) continue;
        const start = from % written.length;
        const part = written.slice(start, start + 2 + (length % written.length));
        if (/\s/.test(part) || foldWords(part).join('').length < 2) continue;
        expect(index.search(part, students.length).people).toContain(chosen);
      }
    }),
  );
});

/** The same by going through everybody, written the plain way. */
function plainScan(students: readonly Student[], typed: string): Set<string> {
  const words = foldWords(typed);
  const matching = students.filter((one) => {
    const names = [one.forename, one.surname, one.knownAs ?? ''].map(foldName);
    const marks = [
      (one.className ?? '').replace(/(\d)(\p{L})/gu, '$1 $2'),
      one.year === null ? '' : yearInWords(one.year),
    ].map(foldName);
    const inOrders = [one.forename, one.knownAs ?? one.forename].flatMap((first) =>
      [first, one.surname, `${first}${one.surname}`, `${one.surname}${first}`].map(
        (text) => foldName(text).text,
      ),
    );
    const begins = (word: string) =>
      [...names, ...marks].some(({ text, starts }) =>
        starts.some((start) => text.slice(start).startsWith(word)),
      );
    return (
      inOrders.includes(words.join('')) ||
      words.every(
        (word) =>
          begins(word) || (word.length > 1 && names.some(({ text }) => text.includes(word))),
      )
    );
  });
  return new Set(matching.map((one) => one.id));
}

test('finds exactly whom a scan of everybody finds, and the best are the same under any limit', () => {
  const typed = fc
    .array(
      fc.constantFrom(
        'al',
        'a',
        'zo',
        'luk',
        'obrien',
        'jo',
        'ali',
        '5',
        '5b',
        'oak',
        'annjo',
        'n',
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(roster, typed, fc.integer({ min: 1, max: 4 }), (students, text, limit) => {
      const index = indexStudents(students);
      const all = index.search(text, students.length);
      expect(new Set(all.people.map((one) => one.id))).toEqual(plainScan(students, text));
      expect(index.search(text, limit)).toEqual({
        people: all.people.slice(0, limit),
        hasMore: all.people.length > limit,
      });
    }),
  );
});

test('within equally good matches the order is surname, forename, class', () => {
  const students = [
    student(1, ['Ann', 'Young'], { className: '10A' }),
    student(2, ['Ann', 'Young'], { className: '9A' }),
    student(3, ['Ann', 'Ábbott']),
    student(4, ['Anna', 'Abbott']),
  ];
  const { people } = indexStudents(students).search('an', 9);
  expect(
    people.map((one) => `${fold(one.surname)} ${one.forename} ${one.className ?? ''}`),
  ).toEqual(['abbott Ann ', 'abbott Anna ', 'young Ann 9A', 'young Ann 10A']);
});
