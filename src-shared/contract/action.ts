/** Actions: what was done about an incident, by whom, when (S17, S18). */
import { z } from 'zod';
import { StaffId } from './staff.ts';
import { StudentId } from './student.ts';
import { Id, Instant, Name } from './values.ts';

/** An action's id is the id of the submission that brought it. */
export const ActionId = Id.brand<'ActionId'>();
export type ActionId = z.infer<typeof ActionId>;

export const Action = z.strictObject({
  id: ActionId,
  author: z.strictObject({ id: StaffId, name: Name }),
  text: z.string(),
  addedCategories: z.array(Name),
  linkedStudentIds: z.array(StudentId),
  agencies: z.array(Name),
  happenedAt: Instant,
  submittedAt: Instant,
  /** As of an incident (S24). */
  clockWasWrong: z.boolean(),
  /** Whether the reader was alerted to this action. */
  tagged: z.boolean(),
});
export type Action = z.infer<typeof Action>;
