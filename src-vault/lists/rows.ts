/** SQL of the lists that are kept for typing without the server. */
import type { Database } from '../store/open.ts';

export function putList(
  sqlite: Database,
  list: {
    readonly person: number;
    readonly name: string;
    readonly value: Uint8Array;
    readonly keptAt: string;
  },
): void {
  sqlite
    .prepare(
      `INSERT INTO list (person, name, value, kept_at) VALUES (@person, @name, @value, @keptAt)
       ON CONFLICT (person, name) DO UPDATE SET value = @value, kept_at = @keptAt`,
    )
    .run(list);
}

export function listsOf(
  sqlite: Database,
  person: number,
): { readonly name: string; readonly value: Uint8Array; readonly kept_at: string }[] {
  return sqlite
    .prepare<[number], { name: string; value: Uint8Array; kept_at: string }>(
      'SELECT name, value, kept_at FROM list WHERE person = ?',
    )
    .all(person);
}

export function listOf(
  sqlite: Database,
  person: number,
  name: string,
): { readonly value: Uint8Array; readonly kept_at: string } | undefined {
  return sqlite
    .prepare<[number, string], { value: Uint8Array; kept_at: string }>(
      'SELECT value, kept_at FROM list WHERE person = ? AND name = ?',
    )
    .get(person, name);
}
