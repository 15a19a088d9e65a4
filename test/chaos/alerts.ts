/** Whether everybody who was to be told was told once, and queued one e-mail for each alert. */
import type { Entry } from './entries.ts';
import type { SchoolRead } from './school.ts';

/**
 * How many alerts and e-mails are wrong: of each entry that arrived, alerts that are missing, of
 * nobody who was to be told, or there more than once; of each person, e-mails too few or too many.
 */
export function wrongAlerts(entries: readonly Entry[], school: SchoolRead): number {
  let wrong = 0;
  const arrived = new Map(
    school.texts.filter(({ held }) => !held).map(({ id, text }) => [id, text]),
  );
  for (const { submission, told, mark } of entries) {
    // After a crash other words may have been submitted under the same id.
    if (arrived.get(submission.id)?.includes(mark) !== true) continue;
    const alerted = school.alerts.get(submission.id) ?? [];
    const once = new Set(alerted);
    const missing = [...told].filter((one) => !once.has(one));
    const unasked = [...once].filter((one) => !told.has(one));
    wrong += alerted.length - once.size + missing.length + unasked.length;
  }
  const alertsOf = new Map<string, number>();
  for (const alerted of school.alerts.values()) {
    for (const staffId of alerted) alertsOf.set(staffId, (alertsOf.get(staffId) ?? 0) + 1);
  }
  for (const staffId of new Set([...alertsOf.keys(), ...school.mails.keys()])) {
    wrong += Math.abs((alertsOf.get(staffId) ?? 0) - (school.mails.get(staffId) ?? 0));
  }
  return wrong;
}
