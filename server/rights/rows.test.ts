/** The facts read from the database, and the condition of lists, say what `can` says (R46). */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Schema } from '../db/schema.ts';
import type { Actor } from '../http/route.ts';
import { openLarkfield } from '../testing/larkfield.ts';
import type { IncidentFacts } from './can.ts';
import { OWN_REPORT_SECONDS, readingScope } from './can.ts';
import { incidentFacts, mayReadIncident } from './rows.ts';

test('in every case a list holds exactly the incidents that may be opened', async () => {
  const school = await openLarkfield();
  const { db, schoolId, staff, students } = school;
  const at = school.now;
  const me = staff.colleague;
  const expected = new Map<string, IncidentFacts>();

  const submission = (id: string, submittedAt: string): Schema['submission'] => ({
    id,
    school_id: schoolId,
    staff_id: me,
    kind: 'incident',
    sha256: '',
    reference: id,
    written_at: submittedAt,
    received_at: submittedAt,
    clock_is_wrong: 0,
    receipt: '',
  });
  for (const alert of ['none', 'unread', 'read', 'both', 'theirs'] as const)
    for (const isAuthor of [false, true])
      for (const isAssigned of [false, true])
        for (const ageSeconds of [0, OWN_REPORT_SECONDS - 0.001, OWN_REPORT_SECONDS, 9e6]) {
          const id = v7();
          const submittedAt = new Date(at.getTime() - ageSeconds * 1000).toISOString();
          await db.insertInto('submission').values(submission(id, submittedAt)).execute();
          await db
            .insertInto('incident')
            .values({
              id,
              school_id: schoolId,
              student_id: students.ben,
              author_id: isAuthor ? me : staff.teacher,
              text: '.',
              status: 'active',
              is_urgent: 0,
              happened_at: submittedAt,
              submitted_at: submittedAt,
            })
            .execute();
          if (isAssigned) {
            await db
              .insertInto('incident_assignee')
              .values({
                school_id: schoolId,
                incident_id: id,
                staff_id: me,
                status: 'active',
                submitted_at: submittedAt,
              })
              .execute();
          }
          const readStates = { none: [], unread: [null], read: ['2026'], both: ['2026', null] };
          const states = alert === 'theirs' ? [null] : readStates[alert];
          for (const readAt of states) {
            await db
              .insertInto('alert')
              .values({
                id: v7(),
                school_id: schoolId,
                staff_id: alert === 'theirs' ? staff.lead : me,
                incident_id: id,
                action_id: null,
                kind: 'incident',
                raised_by: staff.teacher,
                raised_at: submittedAt,
                read_at: readAt,
                read_with: null,
              })
              .execute();
          }
          expected.set(id, {
            alert: alert === 'both' ? 'unread' : alert === 'theirs' ? 'none' : alert,
            isAuthor,
            isAssigned,
            ageSeconds,
          });
        }

  for (const isKeyUser of [false, true]) {
    const actor: Actor = { schoolId, staffId: me, isKeyUser, sessionId: v7(), computerId: v7() };
    for (const [incidentId, facts] of expected) {
      expect(await incidentFacts(db, { actor, incidentId, at })).toEqual(facts);
    }
    const listed = await db
      .selectFrom('incident as i')
      .select('i.id')
      .where(mayReadIncident(actor, at))
      .orderBy('i.id')
      .execute();
    const readable = [...expected].filter(
      ([, facts]) => readingScope({ ...actor, isActive: true }, facts) !== 'nothing',
    );
    expect(listed.map(({ id }) => id)).toEqual(readable.map(([id]) => id).toSorted());
    const elsewhere = { ...actor, schoolId: v7() };
    const [someId = ''] = expected.keys();
    expect(await incidentFacts(db, { actor: elsewhere, incidentId: someId, at })).toBeNull();
    expect(
      await db
        .selectFrom('incident as i')
        .select('i.id')
        .where(mayReadIncident(elsewhere, at))
        .execute(),
    ).toEqual([]);
  }
  await school.close();
});
