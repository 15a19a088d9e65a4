/** What of an incident each reader is shown: an allow-list for each scope, not a filter (R48). */
import type { ActionId } from '../../src-shared/contract/action.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import type { IncidentCategory } from '../category/rules.ts';
import type { IncidentFacts } from '../rights/can.ts';
import { can, readingScope } from '../rights/can.ts';

/** S9: My History goes back this far. */
export const HISTORY_DAYS = 7;

/** An action of an incident, before it is known who may read it, and what decides that. */
export interface ActionFacts {
  readonly id: ActionId;
  readonly authorId: string;
  /** Whether the reader was alerted to it. */
  readonly isTagged: boolean;
}

/** An incident with everything that belongs to it, before it is known who reads. */
export interface WholeIncident {
  readonly incident: Pick<
    Incident,
    | 'id'
    | 'student'
    | 'linkedStudents'
    | 'author'
    | 'text'
    | 'status'
    | 'assignees'
    | 'happenedAt'
    | 'submittedAt'
    | 'clockWasWrong'
  >;
  readonly categories: readonly IncidentCategory[];
  readonly agencies: readonly { name: string; addedBy: string | null }[];
  readonly actions: readonly ActionFacts[];
  /** The reader's newest unread alert. */
  readonly alert: Incident['alert'];
}

/** An incident as one reader may see it, and which of its actions, in order; not yet their texts. */
export interface ShownIncident {
  readonly incident: Omit<Incident, 'actions' | 'earlierActions'>;
  readonly actions: readonly ActionFacts[];
}

/**
 * The incident as this reader may see it; null where they may not. `as-written` holds what the
 * author wrote and the actions they are tagged in or wrote; neither an action nor a category that
 * came by another one shows (S16).
 */
export function incidentFor(
  actor: { readonly staffId: string; readonly isKeyUser: boolean },
  facts: IncidentFacts,
  whole: WholeIncident,
): ShownIncident | null {
  const reader = { ...actor, isActive: true };
  const scope = readingScope(reader, facts);
  if (scope === 'nothing') return null;
  const actions = whole.actions.filter((action) =>
    can(reader, 'read action', {
      kind: 'action',
      facts,
      isTagged: action.isTagged,
      isOwn: action.authorId === actor.staffId,
    }),
  );
  const shownActions = new Set<string>(actions.map(({ id }) => id));
  const { incident, alert } = whole;
  return {
    actions,
    incident: {
      id: incident.id,
      scope,
      student: incident.student,
      linkedStudents: incident.linkedStudents,
      author: incident.author,
      text: incident.text,
      categories: whole.categories
        .filter(({ addedBy }) => addedBy === null || shownActions.has(addedBy))
        .map(({ id, name, parentId, isUrgent }) => ({ id, name, parentId, isUrgent })),
      status: incident.status,
      assignees: incident.assignees,
      agencies: whole.agencies.filter(({ addedBy }) => addedBy === null).map(({ name }) => name),
      happenedAt: incident.happenedAt,
      submittedAt: incident.submittedAt,
      clockWasWrong: incident.clockWasWrong,
      alert,
      mayAddAction: can(reader, 'add action', { kind: 'incident', facts }),
      markingAsRead: alert === null ? null : actor.isKeyUser ? 'keeps' : 'closes',
    },
  };
}

/** Since when My History lists, as an Instant. */
export function historySince(now: Date): string {
  return new Date(now.getTime() - HISTORY_DAYS * 24 * 60 * 60 * 1000).toISOString();
}
