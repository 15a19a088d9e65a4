import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Group } from '../../src-shared/contract/group.ts';
import { Staff } from '../../src-shared/contract/staff.ts';
import { sizeOf, toldSentence, wereTold, whoIsTold } from './who-is-told.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const ids = (...numbers: readonly number[]) => numbers.map(id);

/** Twelve people; the first four are the safeguarding team. */
const staff = Array.from({ length: 12 }, (_, at) =>
  Staff.parse({ id: id(at + 1), name: `Person ${at + 1}`, jobTitle: null, isKeyUser: at < 4 }),
);
const group = (number: number, name: string, members: readonly string[], isTeam = false) =>
  Group.parse({ id: id(number), name, isSafeguardingTeam: isTeam, memberIds: members });
const groups = [
  group(101, 'DSL', ids(1, 2, 3, 4), true),
  group(102, 'SLT', ids(1, 5, 6)),
  group(103, 'Teachers', ids(5, 6, 7, 8, 99)),
];
const nothing = { chosenStaffIds: [], chosenGroupIds: [], assigneeIds: [] };

function sentence(choice: Partial<Parameters<typeof whoIsTold>[0]>): string {
  return toldSentence(whoIsTold({ staff, groups, authorId: id(12), ...nothing, ...choice }));
}

test('S29 the safeguarding team is told whatever else is chosen', () => {
  expect(sentence({})).toBe('4 people will be told: the safeguarding team (4).');
});

test('S28 each person counts once across groups and names, and the colleagues in red are counted', () => {
  expect(
    sentence({ chosenGroupIds: ids(102, 103), chosenStaffIds: ids(1, 5, 9), assigneeIds: ids(2) }),
  ).toBe(
    '9 people will be told: the safeguarding team (4) and 5 others. 5 of them would not normally be able to view this incident.',
  );
});

test('nobody is told about their own entry', () => {
  expect([
    sentence({ authorId: id(1) }),
    sentence({ authorId: id(7), chosenStaffIds: ids(7, 8) }),
    sentence({ authorId: id(1), groups: [group(101, 'DSL', ids(1), true)] }),
  ]).toEqual([
    '3 people will be told: the safeguarding team (3).',
    '5 people will be told: the safeguarding team (4) and 1 other. 1 of them would not normally be able to view this incident.',
    'Nobody else will be told: you are the only member of the safeguarding team, and you have chosen nobody else.',
  ]);
});

test('where the author is the whole team, the others are named for what they are', () => {
  expect(
    sentence({
      authorId: id(1),
      groups: [group(101, 'DSL', ids(1), true)],
      chosenStaffIds: ids(5),
    }),
  ).toBe(
    '1 person will be told: 1 colleague outside the safeguarding team. That person would not normally be able to view this incident.',
  );
});

test('a group’s size counts those who work here now', () => {
  expect(groups.map((one) => sizeOf(one, staff))).toEqual(['4 people', '3 people', '4 people']);
});

test('whatever is chosen, it is those chosen and the team, without the author, and nobody twice', () => {
  const some = fc.subarray(staff.map((one) => one.id as string));
  fc.assert(
    fc.property(
      some,
      some,
      fc.subarray(groups.map((one) => one.id as string)),
      fc.constantFrom(...staff.map((one) => one.id as string)),
      (chosenStaffIds, assigneeIds, chosenGroupIds, authorId) => {
        const told = whoIsTold({
          staff,
          groups,
          authorId,
          chosenStaffIds,
          chosenGroupIds,
          assigneeIds,
        });
        const everyone = [...told.team, ...told.others].map((one) => one.id as string);
        const expected = new Set([...chosenStaffIds, ...assigneeIds, ...ids(1, 2, 3, 4)]);
        for (const one of groups) {
          if (chosenGroupIds.includes(one.id))
            one.memberIds.forEach((member) => expected.add(member));
        }
        expected.delete(authorId);
        expected.delete(id(99));
        expect(everyone.toSorted()).toEqual([...expected].toSorted());
      },
    ),
  );
});

test('after delivery the number who were told stands in a sentence, also where it is nobody', () => {
  expect([0, 1, 9].map(wereTold)).toEqual([
    'Nobody else has been told: the safeguarding team has no other member.',
    '1 person has been told and will get an e-mail.',
    '9 people have been told and will get an e-mail.',
  ]);
});
