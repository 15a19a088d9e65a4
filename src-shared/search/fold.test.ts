import { expect, test } from 'vitest';
import { fold, foldName, foldWords } from './fold.ts';

test('accents, case and special letters do not matter', () => {
  expect(
    ['Zoë', 'ZOE', 'Zoe\u0308', 'Łukasz', 'Øyvind', 'Đorđe', 'Þóra', 'Weiß', 'Æsa', 'Işık'].map(
      fold,
    ),
  ).toEqual(['zoe', 'zoe', 'zoe', 'lukasz', 'oyvind', 'dorde', 'thora', 'weiss', 'aesa', 'isik']);
});

test('a name is one word for finding, with a beginning at each of its parts', () => {
  expect(["O'Brien", 'O’Brien', 'Oʼ Brien', 'van der Berg', 'Mary-Jane'].map(foldName)).toEqual([
    { text: 'obrien', starts: [0, 1] },
    { text: 'obrien', starts: [0, 1] },
    { text: 'obrien', starts: [0, 1] },
    { text: 'vanderberg', starts: [0, 3, 6] },
    { text: 'maryjane', starts: [0, 4] },
  ]);
});

test('what is typed falls into words, whatever stands between them', () => {
  expect([' Khan,  Ai ', 'o’b', 'Smith-J', '5B', '  ', "'"].map(foldWords)).toEqual([
    ['khan', 'ai'],
    ['ob'],
    ['smithj'],
    ['5b'],
    [],
    [],
  ]);
});
