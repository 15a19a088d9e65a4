import { expect, test } from 'vitest';
import { IncidentSubmission } from '../../src-shared/contract/submission.ts';
import { nextToSend, type Sending } from './sending.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const submission = IncidentSubmission.parse({
  kind: 'incident',
  id: id(1),
  writtenAt: '2026-07-24T08:45:00.000Z',
  studentId: id(2),
  text: 'Arrived without a coat.',
  categoryIds: [id(3)],
  linkedStudents: [],
  happenedAt: '2026-07-24T08:40:00.000Z',
  status: 'active',
  assigneeIds: [],
  agencies: [],
  alertStaffIds: [],
  alertGroupIds: [],
});
const failed = (code: 'server-unreachable' | 'submission-differs'): Sending<typeof submission> => ({
  is: 'failed',
  submission,
  failure: { ok: false, code },
});

test('R73 a retry sends the very submission that failed, and one on its way is not sent twice', () => {
  const built = () => ({ ...submission, text: 'Built anew.' });
  const sent = [
    nextToSend({ is: 'writing' }, built),
    nextToSend({ is: 'sending', submission }, built),
    nextToSend(failed('server-unreachable'), built),
  ];
  expect(sent.map((one) => one?.text)).toEqual([
    'Built anew.',
    undefined,
    'Arrived without a coat.',
  ]);
});
