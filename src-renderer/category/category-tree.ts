/** The categories as they are ticked (S21): subcategories under their parent. */
import type { Category } from '../../src-shared/contract/category.ts';
import { fold } from '../../src-shared/search/fold.ts';

export interface Branch {
  readonly category: Category;
  readonly children: readonly Category[];
}

/** Parents with their children, both in the school's order. */
export function branchesOf(categories: readonly Category[]): readonly Branch[] {
  return categories
    .filter(({ parentId }) => parentId === null)
    .map((category) => ({
      category,
      children: categories.filter(({ parentId }) => parentId === category.id),
    }));
}

/** Ticking a subcategory ticks its parent too: "Behaviour: Against Peers" is about behaviour. */
export function tick(
  chosen: readonly string[],
  id: string,
  categories: readonly Category[],
): readonly string[] {
  const parentId = categories.find((category) => category.id === id)?.parentId ?? null;
  return inOrder(new Set([...chosen, id, ...(parentId === null ? [] : [parentId])]), categories);
}

/** Unticking a parent unticks its subcategories, which are then out of sight. */
export function untick(
  chosen: readonly string[],
  id: string,
  categories: readonly Category[],
): readonly string[] {
  const left = new Set(chosen);
  left.delete(id);
  for (const category of categories) {
    if (category.parentId === id) left.delete(category.id);
  }
  return inOrder(left, categories);
}

function inOrder(ids: ReadonlySet<string>, categories: readonly Category[]): readonly string[] {
  return categories.map(({ id }) => id).filter((id) => ids.has(id));
}

/**
 * The branches in which every typed word is found, in the parent's name or a child's. A parent that
 * is found keeps all its children; otherwise only the children that are found stay.
 */
export function filterBranches(branches: readonly Branch[], typed: string): readonly Branch[] {
  const words = fold(typed)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return branches;
  const has = (...names: readonly string[]) =>
    words.every((word) => names.some((name) => fold(name).includes(word)));
  return branches.flatMap((branch) => {
    const { category } = branch;
    if (has(category.name)) return [branch];
    const children = branch.children.filter((child) => has(child.name, category.name));
    return children.length === 0 ? [] : [{ category, children }];
  });
}

/** "Behaviour: Against Peers, Against Staff" for each chosen parent; "Transport" for one alone. */
export function summaryOf(
  branches: readonly Branch[],
  chosen: readonly string[],
): readonly { readonly id: string; readonly words: string; readonly isUrgent: boolean }[] {
  return branches.flatMap(({ category, children }) => {
    const under = children.filter(({ id }) => chosen.includes(id));
    if (!chosen.includes(category.id) && under.length === 0) return [];
    const names = under.map(({ name }) => name).join(', ');
    return [
      {
        id: category.id,
        words: names === '' ? category.name : `${category.name}: ${names}`,
        isUrgent: category.isUrgent || under.some(({ isUrgent }) => isUrgent),
      },
    ];
  });
}
