import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IncidentSubmission, receiptBytes, submissionBytes, type Receipt } from './submission.ts';

const incident = IncidentSubmission.parse({
  kind: 'incident',
  id: '0198c0de-0000-7000-8000-000000000001',
  writtenAt: '2026-11-24T08:45:00.000Z',
  studentId: '0198c0de-0000-7000-8000-000000000002',
  text: 'She said she had not eaten since yesterday.',
  categoryIds: ['0198c0de-0000-7000-8000-000000000003'],
  linkedStudents: [],
  happenedAt: '2026-11-24T08:40:00.000Z',
  status: 'active',
  assigneeIds: [],
  agencies: [],
  alertStaffIds: [],
  alertGroupIds: [],
});

describe('R73 what "the same submission" means', () => {
  test('the bytes do not depend on the order in which the fields were written', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(incident), { minLength: 13 }), (names) => {
        const shuffled = Object.fromEntries(
          names.map((name) => [name, incident[name as keyof typeof incident]]),
        );
        expect(submissionBytes(shuffled as typeof incident)).toEqual(submissionBytes(incident));
      }),
    );
  });

  test('any other text gives other bytes', () => {
    expect(submissionBytes({ ...incident, text: `${incident.text} ` })).not.toEqual(
      submissionBytes(incident),
    );
  });

  test('the school signs every field of a receipt but the signature', () => {
    const receipt: Omit<Receipt, 'signature'> = {
      submissionId: incident.id,
      sha256: 'a'.repeat(64),
      reference: 'K7QM-2FXD',
      receivedAt: '2026-11-24T08:45:01.000Z',
      alerted: 4,
    };
    const changed: Omit<Receipt, 'signature'>[] = [
      { ...receipt, submissionId: incident.studentId as unknown as Receipt['submissionId'] },
      { ...receipt, sha256: 'b'.repeat(64) },
      { ...receipt, reference: 'K7QM-2FXE' },
      { ...receipt, receivedAt: '2026-11-24T08:45:02.000Z' },
      { ...receipt, alerted: 5 },
      { ...receipt, isHeld: true },
      { ...receipt, isHeld: false },
    ];
    const all = [receipt, ...changed].map((one) => new TextDecoder().decode(receiptBytes(one)));
    expect(new Set(all).size).toBe(all.length);
  });

  test('R82 a receipt of the first form is signed as it always was', () => {
    const bytes = receiptBytes({
      submissionId: incident.id,
      sha256: 'a'.repeat(64),
      reference: 'K7QM-2FXD',
      receivedAt: '2026-11-24T08:45:01.000Z',
      alerted: 4,
    });
    expect(new TextDecoder().decode(bytes).split('\n')).toEqual([
      'meadowlark receipt 1',
      incident.id,
      'a'.repeat(64),
      'K7QM-2FXD',
      '2026-11-24T08:45:01.000Z',
      '4',
    ]);
  });
});
