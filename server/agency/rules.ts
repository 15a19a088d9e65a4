/** Which agency names a school remembers from its entries, so that they need not be typed again (S30). */

/** Names that a school keeps; the ones unused for longest go first. */
export const AGENCIES_REMEMBERED = 500;

export interface KnownAgency {
  readonly id: string;
  readonly name: string;
}

/** "Social Services" and "social services" are one agency. */
export function agencyKey(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').toLowerCase();
}

/** The names of one entry, each once, spelled as the first of them was. */
export function distinctAgencies(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const key = agencyKey(name);
    if (!byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}

/**
 * What changes in the memory when `named` are used. `known` are the school's agencies, the one
 * used last first. An agency that is known keeps the spelling it was first remembered with.
 */
export function agenciesToRemember(
  known: readonly KnownAgency[],
  named: readonly string[],
): { readonly used: KnownAgency[]; readonly fresh: string[]; readonly forgotten: KnownAgency[] } {
  const byKey = new Map(known.map((agency) => [agencyKey(agency.name), agency]));
  const used: KnownAgency[] = [];
  const fresh: string[] = [];
  for (const name of distinctAgencies(named)) {
    const agency = byKey.get(agencyKey(name));
    if (agency === undefined) fresh.push(name);
    else used.push(agency);
  }
  const unused = known.filter((agency) => !used.includes(agency));
  const room = Math.max(0, AGENCIES_REMEMBERED - used.length - fresh.length);
  return { used, fresh, forgotten: unused.slice(room) };
}
