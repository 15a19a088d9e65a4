/** What of an item's inside can be shown and completed; signatures and certificates stay with it. */
import { z } from 'zod';
import { Concern } from '../../src-shared/contract/seal.ts';
import { Submission } from '../../src-shared/contract/submission.ts';

export const HeldInside = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('submission'), submission: Submission }),
  z.object({ kind: z.literal('concern'), concern: Concern }),
]);
export type HeldInside = z.infer<typeof HeldInside>;
