/** What of an item's inside can be shown and completed; signatures and certificates stay with it. */
import { z } from 'zod';
import { Concern } from '../../src-shared/contract/seal.ts';
import { Submission } from '../../src-shared/contract/submission.ts';
import { Id, Instant } from '../../src-shared/contract/values.ts';

/** What somebody who has left had not finished, opened. */
const LeftInside = z.object({
  kind: z.literal('left'),
  left: z.object({
    kind: z.enum(['incident', 'action']),
    incidentId: Id.nullable(),
    studentId: Id.nullable(),
    text: z.string(),
    changedAt: Instant,
  }),
});
export type LeftInside = z.infer<typeof LeftInside>;

export const HeldInside = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('submission'), submission: Submission }),
  z.object({ kind: z.literal('concern'), concern: Concern }),
  LeftInside,
]);
export type HeldInside = z.infer<typeof HeldInside>;
