/**
 * Reads what the server says, also where it is of a later version and says more (R82). Schemas are
 * strict so that the server lets nothing out by mistake (R48); here what is not known is left out.
 */
import type { z } from 'zod';

/** Null where it lacks what the schema needs, or says it otherwise. */
export function understood<Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
): z.output<Schema> | null {
  let known = json;
  for (;;) {
    const parsed = schema.safeParse(known);
    if (parsed.success) return parsed.data;
    const { issues } = parsed.error;
    // A copy once, and every round takes a key away: it ends.
    if (known === json) known = structuredClone(json);
    for (const issue of issues) {
      if (issue.code !== 'unrecognized_keys') return null;
      for (const key of issue.keys) drop(known, issue.path, key);
    }
  }
}

function drop(from: unknown, path: readonly PropertyKey[], key: string): void {
  let at = from;
  for (const step of path) at = (at as Record<PropertyKey, unknown>)[step];
  delete (at as Record<string, unknown>)[key];
}
