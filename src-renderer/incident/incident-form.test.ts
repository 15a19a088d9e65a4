import { describe, expect, test } from 'vitest';
import { SubmissionId, submissionBytes } from '../../src-shared/contract/submission.ts';
import {
  emptyIncident,
  incidentSubmission,
  problemsOfIncident,
  unsentIncident,
  withStudent,
  type IncidentForm,
} from './incident-form.ts';
import { nextToSend } from './sending.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const clock = { timeZone: 'Europe/London', now: Date.parse('2026-11-24T08:45:30.000Z') };
const writtenAt = '2026-11-24T08:44:00.000Z';
const empty = emptyIncident(SubmissionId.parse(id(1)));
const filled: IncidentForm = {
  ...empty,
  studentId: id(2),
  text: 'He said:\r\n"I am fine."',
  categoryIds: [id(3), id(4)],
  linked: [{ studentId: id(5), monitorsSameCategories: true }],
  when: { is: 'chosen', date: '2026-11-23', time: '15:10' },
  status: 'closed',
  assigneeIds: [id(6)],
  alertStaffIds: [id(7)],
  alertGroupIds: [id(8)],
  agencies: ['MASH'],
};

describe('S31 what is sent', () => {
  test('holds every field of the form', () => {
    expect(incidentSubmission(filled, clock, writtenAt)).toEqual({
      kind: 'incident',
      id: id(1),
      writtenAt,
      studentId: id(2),
      text: 'He said:\n"I am fine."',
      categoryIds: [id(3), id(4)],
      linkedStudents: [{ studentId: id(5), monitorsSameCategories: true }],
      happenedAt: '2026-11-23T15:10:00.000Z',
      status: 'closed',
      assigneeIds: [id(6)],
      agencies: ['MASH'],
      alertStaffIds: [id(7)],
      alertGroupIds: [id(8)],
    });
  });

  test('is the same to the last byte when it is tried again later, and new after a change', () => {
    const first = incidentSubmission({ ...filled, when: { is: 'now' } }, clock, writtenAt);
    const later = () =>
      incidentSubmission(
        { ...filled, when: { is: 'now' } },
        { ...clock, now: clock.now + 60_000 },
        '2026-11-24T08:45:00.000Z',
      );
    const failure = { ok: false, code: 'server-unreachable' } as const;
    const again = nextToSend({ is: 'failed', submission: first, failure }, later);
    expect(again === null ? null : submissionBytes(again)).toEqual(submissionBytes(first));
    expect(nextToSend({ is: 'sending', submission: first }, later)).toBe(null);
    expect(nextToSend({ is: 'writing' }, later)).toMatchObject({
      id: id(1),
      happenedAt: '2026-11-24T08:46:30.000Z',
    });
  });
});

describe('what the form still needs', () => {
  test('an empty one: student, text and a category, in the order of the form', () => {
    expect(problemsOfIncident(empty, clock)).toEqual([
      {
        fieldId: 'incident-student',
        text: 'Choose the student: type part of the name and pick it from the list.',
      },
      { fieldId: 'incident-text', text: 'Write what happened.' },
      { fieldId: 'incident-categories', text: 'Tick at least one category.' },
    ]);
  });

  test('a filled one: nothing', () => {
    expect(problemsOfIncident(filled, clock)).toEqual([]);
  });

  test.each([
    ['spaces alone', { text: ' \n ' }, 'incident-text'],
    ['a text that is too long', { text: 'a'.repeat(50_001) }, 'incident-text'],
    [
      'a time in the future',
      { when: { is: 'chosen', date: '2026-11-24', time: '08:46' } },
      'incident-date',
    ],
    ['no time', { when: { is: 'chosen', date: '2026-11-24', time: null } }, 'incident-time'],
    [
      'too many categories',
      { categoryIds: Array.from({ length: 21 }, (_, at) => id(at)) },
      'incident-categories',
    ],
  ] as const)('%s', (_what, change, fieldId) => {
    expect(problemsOfIncident({ ...filled, ...change }, clock).map((one) => one.fieldId)).toEqual([
      fieldId,
    ]);
  });
});

test('S22 whoever becomes the main student is no longer linked', () => {
  expect(withStudent(filled, id(5))).toMatchObject({ studentId: id(5), linked: [] });
});

test('an untouched form is nothing to lose, and one with a single choice is', () => {
  expect([unsentIncident(empty), unsentIncident({ ...empty, alertGroupIds: [id(8)] })]).toEqual([
    null,
    'your incident',
  ]);
});
