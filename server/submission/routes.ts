/** Submissions over HTTP: the one way in for incidents and actions. */
import { sendSubmission } from '../../src-shared/contract/submission.ts';
import type { House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { receive } from './receive.ts';

export function submissionRoutes(house: House): Route[] {
  return [
    route(sendSubmission, 'send submission', async (submission, { actor, correlationId }) => {
      const reception = await receive(house, actor, submission);
      switch (reception.kind) {
        case 'held':
          return reception.receipt;
        case 'differs':
          throw new Refusal('submission-differs');
        case 'received':
          if (reception.alerted.length === 0) {
            house.log.error(
              { correlationId, submissionId: submission.id },
              'nobody was alerted to an entry: the safeguarding team has no other member',
            );
          }
          house.tellChanged(reception.changedFor);
          house.mailWaits();
          return reception.receipt;
      }
    }),
  ];
}
