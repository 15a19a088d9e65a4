/** Held items: from when on they are many, and the incident that one becomes when it is completed. */
import type { IncidentSubmission } from '../../src-shared/contract/submission.ts';
import { LIMITS } from '../../src-shared/contract/values.ts';
import type { HeldInside } from './inside.ts';

/** So many an hour from one computer are told of one by one. */
export const MANY_AN_HOUR = 5;
/** So many an hour from one network are; a whole school may stand behind one. */
export const MANY_OF_A_NETWORK = 20;
/** The e-mails of more are gathered for this long. */
export const GATHERING_MS = 15 * 60 * 1000;

/** One name for all that is gathered from one computer at one time. */
export function gatheringOf(computer: string, now: Date): string {
  return `gathered-${computer}-${Math.floor(now.getTime() / GATHERING_MS)}`;
}

/** What the member of the safeguarding team has chosen, and the id that the incident gets. */
export type Completion = Pick<IncidentSubmission, 'id' | 'studentId' | 'categoryIds'>;

/**
 * The incident in its writer's words. Where the writer is certain it is theirs, with all that they
 * chose; else it belongs to the member of the team, says so at its head, and alerts the team alone.
 */
export function incidentOf(
  inside: HeldInside,
  completion: Completion,
  writer: { readonly name: string | null; readonly isCertain: boolean },
): IncidentSubmission {
  const common: Omit<IncidentSubmission, 'writtenAt' | 'happenedAt' | 'text'> = {
    ...completion,
    kind: 'incident',
    status: 'active',
    linkedStudents: [],
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  };
  if (inside.kind === 'concern') {
    const { concern } = inside;
    const head = [
      'Sent without signing in.',
      `Written by (not checked): ${concern.writer}.`,
      `Student as written: ${concern.student}.`,
      ...(concern.isFinished ? [] : ['It was sent by itself before it was finished.']),
    ];
    const { writtenAt } = concern;
    return { ...common, writtenAt, happenedAt: writtenAt, text: headed(head, concern.text) };
  }
  if (inside.kind === 'left') {
    const { kind, text: whole, changedAt } = inside.left;
    const text = beginningOf(whole);
    const head = [
      'Left unfinished by somebody who has left the school; it was never submitted.',
      ...(writer.name === null ? [] : [`Written by (not checked): ${writer.name}.`]),
      ...(kind === 'action' ? ['Written as an action to an incident.'] : []),
      ...(text === whole ? [] : ['It was longer than an incident may be: this is its beginning.']),
    ];
    return { ...common, writtenAt: changedAt, happenedAt: changedAt, text: headed(head, text) };
  }
  const { submission } = inside;
  const { writtenAt, happenedAt, agencies, text } = submission;
  const asAction = submission.kind === 'action' ? ['Written as an action to an incident.'] : [];
  if (!writer.isCertain) {
    const named = writer.name === null ? [] : [`Written by (not checked): ${writer.name}.`];
    return {
      ...common,
      writtenAt,
      happenedAt,
      agencies,
      text: headed([...named, ...asAction], text),
    };
  }
  const { alertStaffIds, alertGroupIds } = submission;
  const told = { writtenAt, happenedAt, agencies, alertStaffIds, alertGroupIds };
  if (submission.kind === 'action') return { ...common, ...told, text: headed(asAction, text) };
  const { linkedStudents, assigneeIds, status } = submission;
  return { ...common, ...told, linkedStudents, assigneeIds, status, text };
}

/** What somebody chose, without what the school does not have. */
export function onlyKnown(
  incident: IncidentSubmission,
  known: {
    readonly students: ReadonlySet<string>;
    readonly staff: ReadonlySet<string>;
    readonly groups: ReadonlySet<string>;
    readonly assignable: ReadonlySet<string>;
  },
): IncidentSubmission {
  return {
    ...incident,
    linkedStudents: incident.linkedStudents.filter(({ studentId }) =>
      known.students.has(studentId),
    ),
    alertStaffIds: incident.alertStaffIds.filter((id) => known.staff.has(id)),
    alertGroupIds: incident.alertGroupIds.filter((id) => known.groups.has(id)),
    assigneeIds: incident.assigneeIds.filter((id) => known.assignable.has(id)),
  };
}

/** A draft has no limit, an incident has (S19). The whole stays with the held item. */
function beginningOf(text: string): string {
  if (text.length <= LIMITS.incidentText) return text;
  const cut = text.slice(0, LIMITS.incidentText);
  // Not half a character.
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** Lines of our own, a blank one, then the writer's words; they are never cut (S19's limit is typed). */
function headed(head: readonly string[], text: string): string {
  return head.length === 0 ? text : `${head.join('\n')}\n\n${text}`;
}
