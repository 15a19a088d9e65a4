/**
 * How an unfinished entry is told apart on the dashboard without a word of it: somebody may stand
 * behind the chair. Whom it is about, its kind and how much is written.
 */
import type { Student } from '../../src-shared/contract/student.ts';
import type { DraftRow } from '../../src-shared/vault.ts';
import { studentText } from '../student/student-name.tsx';
import { incidentOf, textOf } from './draft-content.ts';

type Kept = Pick<DraftRow, 'id' | 'kind' | 'content'>;

/** The student of an incident's draft, null where none was chosen yet; an action's is its incident's. */
export function studentIdOf(draft: Kept): string | null {
  return draft.kind === 'action' ? null : incidentOf(draft.id, draft.content).studentId;
}

/** "Incident for Aisha Khan", "Action for Aisha Khan", or that nobody was chosen yet. */
export function unfinishedWords(draft: Kept, student: Student | null): string {
  const kind = draft.kind === 'action' ? 'Action' : 'Incident';
  if (student !== null) return `${kind} for ${studentText(student)}`;
  if (draft.kind === 'action') return 'Action to an incident';
  return studentIdOf(draft) === null
    ? 'Incident, no student chosen yet'
    : 'Incident for a student who is not in the list';
}

/** "34 words", "1 word", "no words yet". */
export function amountWritten(draft: Pick<DraftRow, 'content'>): string {
  const count = textOf(draft.content).match(/\S+/g)?.length ?? 0;
  if (count === 0) return 'no words yet';
  return count === 1 ? '1 word' : `${count} words`;
}
