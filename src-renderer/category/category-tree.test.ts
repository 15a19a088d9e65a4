import { expect, test } from 'vitest';
import { Category } from '../../src-shared/contract/category.ts';
import { branchesOf, filterBranches, summaryOf, tick, untick } from './category-tree.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const category = (number: number, name: string, parent: number | null, isUrgent = false) =>
  Category.parse({ id: id(number), name, parentId: parent === null ? null : id(parent), isUrgent });
const categories = [
  category(1, 'Behaviour', null),
  category(2, 'Against Peers', 1),
  category(3, 'Prohibited Items', 1),
  category(4, 'Contact with Parents', null),
  category(5, 'Telephone Call', 4),
  category(6, 'Transport', null),
  category(7, 'URGENT', null, true),
];
const branches = branchesOf(categories);

test('S21 ticking a subcategory ticks its parent, in the school’s order', () => {
  expect(tick([id(7)], id(3), categories)).toEqual([id(1), id(3), id(7)]);
});

test('S21 unticking a parent unticks its subcategories', () => {
  expect(untick([id(1), id(2), id(6)], id(1), categories)).toEqual([id(6)]);
  expect(untick([id(1), id(2), id(6)], id(2), categories)).toEqual([id(1), id(6)]);
});

test('S21 a category is found among the hundred by part of its name or its parent’s', () => {
  const names = (typed: string) =>
    filterBranches(branches, typed).map((branch) => [
      branch.category.name,
      ...branch.children.map((child) => child.name),
    ]);
  expect([names('PHONE'), names('parents call'), names('behav'), names('zzz'), names(' ')]).toEqual(
    [
      [['Contact with Parents', 'Telephone Call']],
      [['Contact with Parents', 'Telephone Call']],
      [['Behaviour', 'Against Peers', 'Prohibited Items']],
      [],
      [
        ['Behaviour', 'Against Peers', 'Prohibited Items'],
        ['Contact with Parents', 'Telephone Call'],
        ['Transport'],
        ['URGENT'],
      ],
    ],
  );
});

test('S21 the chosen ones are summed up under their parents', () => {
  expect(summaryOf(branches, [id(1), id(2), id(3), id(6), id(7)])).toEqual([
    { id: id(1), words: 'Behaviour: Against Peers, Prohibited Items', isUrgent: false },
    { id: id(6), words: 'Transport', isUrgent: false },
    { id: id(7), words: 'URGENT', isUrgent: true },
  ]);
});
