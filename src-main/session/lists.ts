/**
 * The lists that forms are filled in with, kept in the vault under the person's key (R28), so that
 * typing goes on without the server. They are asked for by the same asks as ever.
 */
import type { Endpoint, ReplyOf } from '../../src-shared/contract/endpoint.ts';
import { listAgencies } from '../../src-shared/contract/agency.ts';
import { listCategories } from '../../src-shared/contract/category.ts';
import { listGroups } from '../../src-shared/contract/group.ts';
import { listStaff } from '../../src-shared/contract/staff.ts';
import { listStudents } from '../../src-shared/contract/student.ts';
import type { Vault } from '../vault/host.ts';

const KEPT: readonly (readonly [Endpoint, string])[] = [
  [listAgencies, 'agencies'],
  [listCategories, 'categories'],
  [listGroups, 'groups'],
  [listStaff, 'staff'],
  [listStudents, 'students'],
];

/** What a list is kept under, page by page; null for what is never kept. */
export function nameOfList(
  endpoint: Endpoint,
  request: Readonly<Record<string, unknown>>,
): string | null {
  const name = KEPT.find(([one]) => one === endpoint)?.[1];
  if (name === undefined) return null;
  const { after } = request;
  return typeof after === 'string' ? `${name} ${after}` : name;
}

/** Keeps it; where that fails (a full disk), typing offline has an older list or none. */
export async function keepList(vault: Vault, name: string, reply: unknown): Promise<void> {
  await vault.ask('keepList', { name, value: JSON.stringify(reply) });
}

/** The list as it was kept, or null where there is none that fits. */
export async function readKeptList<E extends Endpoint>(
  vault: Vault,
  name: string,
  endpoint: E,
): Promise<ReplyOf<E> | null> {
  const kept = await vault.ask('readList', { name });
  if (!kept.ok || kept.value.value === null) return null;
  // Kept by an earlier version, it may have another shape.
  const reply = endpoint.reply.safeParse(parsed(kept.value.value));
  return reply.success ? (reply.data as ReplyOf<E>) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
