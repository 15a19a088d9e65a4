/** Who is told about an entry, and how long marking as read can be taken back. */

/** Marking as read can be undone for this long (guide 9). */
export const UNDO_MS = 10_000;

/** Of one entry, a person has one alert; being made responsible says more than being told. */
export interface AlertToRaise {
  readonly staffId: string;
  readonly kind: 'incident' | 'action' | 'assigned';
}

export interface WhoIsTold {
  readonly kind: 'incident' | 'action';
  readonly authorId: string;
  /** Whoever was chosen: by name, through a group, or through the safeguarding team (S29). */
  readonly toldIds: Iterable<string>;
  readonly assigneeIds: Iterable<string>;
  /** Who of all of them works here now. */
  readonly activeIds: ReadonlySet<string>;
}

/**
 * The alerts of one entry: everyone who was chosen or assigned, once each, in the order they were
 * named. Not the author, who knows, and nobody who has left.
 */
export function alertsToRaise(who: WhoIsTold): AlertToRaise[] {
  const alerts = new Map<string, AlertToRaise>();
  for (const staffId of who.assigneeIds) alerts.set(staffId, { staffId, kind: 'assigned' });
  for (const staffId of who.toldIds) {
    if (!alerts.has(staffId)) alerts.set(staffId, { staffId, kind: who.kind });
  }
  return [...alerts.values()].filter(
    ({ staffId }) => staffId !== who.authorId && who.activeIds.has(staffId),
  );
}

/** Until when the acknowledgement made at `readAt` can be taken back, as an Instant. */
export function undoUntil(readAt: string): string {
  return new Date(Date.parse(readAt) + UNDO_MS).toISOString();
}
