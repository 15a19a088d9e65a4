/**
 * What is said of who was told, once an entry has arrived. The form knows whom its author chose;
 * whether just these were told, the school's receipt alone knows.
 */
import type { Receipt, Submission } from '../../src-shared/contract/submission.ts';
import { wereTold, type Told } from '../alert/who-is-told.ts';

interface Arrived {
  readonly told: Told;
  /** Null where it is not at hand. */
  readonly receipt: Pick<Receipt, 'alerted' | 'isHeld'> | null;
}

/** The sentences under "Delivered to school". */
export function arrivedWords({
  kind,
  told,
  receipt,
}: Arrived & { readonly kind: Submission['kind'] }): string {
  const it = kind === 'incident' ? 'Your incident' : 'Your action';
  if (receipt === null) return `${it} is with the school.`;
  if (receipt.isHeld !== true) return `${it} is with the school. ${wereTold(receipt.alerted)}`;
  return [
    `${it} is with the school, but could not be recorded as it was written, because the school’s records have changed.`,
    receipt.alerted === 0
      ? 'Nobody has been told: the safeguarding team has no member. If a child may be at risk now, tell somebody in person.'
      : 'The safeguarding team has been told, and asked to complete it.',
    ...(told.others.length === 0
      ? []
      : ['Nobody else whom you chose has been told. If they must know now, tell them yourself.']),
  ].join(' ');
}

/**
 * The heading over the names that the form had chosen; null where there is nobody to name, or where
 * they are not those who were told. "Who was told" only by a receipt that says that the entry was
 * recorded, and counts as many: a colleague may have left, or joined a group, meanwhile.
 */
export function namesWords({
  told,
  isWithSchool,
  receipt,
}: Arrived & { readonly isWithSchool: boolean }): string | null {
  const count = told.team.length + told.others.length;
  if (count === 0) return null;
  if (!isWithSchool) return 'Who will be told';
  if (receipt?.isHeld === true) return null;
  return receipt?.isHeld === false && receipt.alerted === count
    ? 'Who was told'
    : 'Whom you chose, as this computer knew the school’s lists';
}
