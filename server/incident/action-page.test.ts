/** An incident with more actions than one answer holds: all of them can be read (S13, R16, R68). */
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAlerts, markAlertRead } from '../../src-shared/contract/alert.ts';
import { readEarlierActions, readIncident } from '../../src-shared/contract/incident.ts';
import type { EarlierActions } from '../../src-shared/contract/incident.ts';
import { LIMITS } from '../../src-shared/contract/values.ts';
import { addAction, addIncident } from '../testing/entries.ts';
import type { StaffName } from '../testing/larkfield-people.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';

const BRIDGE_BYTES = 1024 * 1024;

let school: Larkfield;
beforeEach(async () => {
  school = await openLarkfield();
});
afterEach(() => school.close());

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
/** So long, and each unlike the others. */
const longText = (length: number, which: number, letter = 'x') =>
  String(which).padEnd(length, letter);

/** Which it is, and whether it is whole: fifty thousand signs of a difference help nobody. */
const shortly = ({ text }: { readonly text: string }) =>
  `${Number.parseInt(text, 10)}:${text.length}`;

async function addActions(incidentId: string, lengths: readonly number[]): Promise<string[]> {
  const texts = lengths.map((length, which) => longText(length, which));
  for (const text of texts) await addAction(school, 'lead', incidentId, { text });
  return texts.map((text) => shortly({ text }));
}

/** Opens the incident, and goes back to its first action; what each answer gave. */
async function readAll(who: StaffName, incidentId: string, openingId = v7()) {
  const opened = await school.ask(who, readIncident, { incidentId, openingId });
  const answers: unknown[] = [opened];
  const pages = [opened.actions.map(shortly)];
  const counts: (number | null)[] = [];
  let earlier: EarlierActions | null = opened.earlierActions;
  for (; earlier !== null;) {
    counts.push(earlier.count);
    const { before } = earlier;
    const page = await school.ask(who, readEarlierActions, { incidentId, openingId, before });
    answers.push(page);
    pages.unshift(page.actions.map(shortly));
    earlier = page.earlierActions;
  }
  return { pages, counts, largest: Math.max(...answers.map(bytesOf)) };
}

describe('S13 however much was done, all of it can be read', () => {
  test('30 actions of the longest length', async () => {
    const incidentId = await addIncident(school, 'teacher');
    const texts = await addActions(
      incidentId,
      Array.from({ length: 30 }, () => LIMITS.incidentText),
    );
    const { pages, counts, largest } = await readAll('lead', incidentId);
    expect(pages.flat()).toEqual(texts);
    expect([pages.map(({ length }) => length), counts]).toEqual([
      [10, 10, 10],
      [20, 10],
    ]);
    expect(largest).toBeLessThan(BRIDGE_BYTES);
  }, 60_000);

  test('long ones among many short ones', async () => {
    const incidentId = await addIncident(school, 'teacher');
    const lengths = Array.from({ length: 80 }, (_, which) => (which % 4 === 0 ? 49_000 : 20));
    const texts = await addActions(incidentId, lengths);
    const { pages, largest } = await readAll('lead', incidentId);
    expect(pages.flat()).toEqual(texts);
    expect(pages.length).toBe(2);
    expect(largest).toBeLessThan(BRIDGE_BYTES);
  }, 60_000);

  test('a few are one answer, and none are none', async () => {
    const incidentId = await addIncident(school, 'teacher');
    expect(await readAll('lead', incidentId)).toMatchObject({ pages: [[]], counts: [] });
    const texts = await addActions(incidentId, [20, 20, 20]);
    expect(await readAll('lead', incidentId)).toMatchObject({ pages: [texts], counts: [] });
  });

  test('an incident at its longest with one action at its longest is one answer', async () => {
    // A sign of three bytes is the most that a character can take.
    const name = (which: number) => longText(LIMITS.name, which, '文');
    const text = longText(LIMITS.incidentText, 0, '文');
    const agencies = Array.from({ length: LIMITS.agencies }, (_, which) => name(which));
    const linked = Array.from({ length: LIMITS.linkedStudents }, () => v7());
    await school.db
      .insertInto('student')
      .values(
        linked.map((id, which) => ({
          id,
          school_id: school.schoolId,
          upn: null,
          register_id: name(which),
          forename: name(which),
          surname: name(which),
          known_as: name(which),
          class_name: name(which),
          year: '7',
          is_on_roll: 1 as const,
          created_at: school.now.toISOString(),
        })),
      )
      .execute();
    const all = Object.entries(school.categories).map(([, id]) => id);
    const incidentId = await addIncident(school, 'teacher', {
      text,
      agencies,
      categoryIds: all.slice(0, LIMITS.categories),
      linkedStudents: linked.map((studentId) => ({ studentId, monitorsSameCategories: true })),
      assigneeIds: [school.staff.lead, school.staff.deputy],
    });
    const action = {
      text,
      agencies,
      addCategoryIds: all.slice(LIMITS.categories, 2 * LIMITS.categories),
      linkedStudentIds: linked,
    };
    for (let which = 0; which < 4; which += 1) await addAction(school, 'lead', incidentId, action);
    const { pages, largest } = await readAll('lead', incidentId);
    expect(pages.map(({ length }) => length)).toEqual([1, 3]);
    expect(largest).toBeLessThan(BRIDGE_BYTES);
  });

  test('one that comes meanwhile neither hides nor repeats an earlier one', async () => {
    const incidentId = await addIncident(school, 'teacher');
    const texts = await addActions(
      incidentId,
      Array.from({ length: 12 }, () => LIMITS.incidentText),
    );
    const openingId = v7();
    const opened = await school.ask('lead', readIncident, { incidentId, openingId });
    await addActions(incidentId, [20]);
    const { before, count } = opened.earlierActions ?? { before: '', count: 0 };
    const page = await school.ask('lead', readEarlierActions, { incidentId, openingId, before });
    expect(count).toBe(page.actions.length);
    expect([...page.actions, ...opened.actions].map(shortly)).toEqual(texts);
  });
});

describe('S16, R44 earlier actions are given to whom the incident is, and of it those that show', () => {
  const LONG = LIMITS.incidentText;
  const earlier = (who: StaffName, incidentId: string, before: unknown) =>
    school.call(who, readEarlierActions, { incidentId, openingId: v7(), before });

  test('not to a colleague, nor after marking as read', async () => {
    const incidentId = await addIncident(school, 'teacher', {
      alertStaffIds: [school.staff.colleague],
    });
    await addActions(
      incidentId,
      Array.from({ length: 12 }, () => LONG),
    );
    const opened = await school.ask('colleague', readIncident, { incidentId, openingId: v7() });
    const before = opened.earlierActions?.before;
    const asked = () =>
      Promise.all(
        (['colleague', 'assistant', 'leaver'] as const).map((who) =>
          earlier(who, incidentId, before),
        ),
      );
    expect(await asked()).toMatchObject([{ actions: [{}, {}] }, 'not-found', 'not-found']);
    const { alerts } = await school.ask('colleague', listAlerts);
    await school.ask('colleague', markAlertRead, { alertId: alerts[0]?.id });
    expect(await asked()).toEqual(['not-found', 'not-found', 'not-found']);
  });

  test('the author of a report is given only those they are tagged in, and told of no other', async () => {
    const incidentId = await addIncident(school, 'teacher');
    const tagged: string[] = [];
    for (let which = 0; which < 24; which += 1) {
      const text = longText(LONG, which);
      const isTagged = which % 2 === 0;
      if (isTagged) tagged.push(shortly({ text }));
      const alertStaffIds = isTagged ? [school.staff.teacher] : [];
      await addAction(school, 'lead', incidentId, { text, alertStaffIds });
    }
    const whole = await school.ask('lead', readIncident, { incidentId, openingId: v7() });
    const { alerts } = await school.ask('teacher', listAlerts);
    for (const { id } of alerts) await school.call('teacher', markAlertRead, { alertId: id });
    const { pages, counts } = await readAll('teacher', incidentId);
    expect([pages.flat(), counts]).toEqual([tagged, [2]]);
    const untagged = whole.actions.find((action) => !tagged.includes(shortly(action)))?.id;
    expect(await earlier('lead', incidentId, untagged)).not.toBe('not-found');
    expect(await earlier('teacher', incidentId, untagged)).toBe('not-found');
  }, 60_000);

  test('an action of another incident leads nowhere', async () => {
    const [incidentId, other] = [
      await addIncident(school, 'teacher'),
      await addIncident(school, 'teacher'),
    ];
    await addActions(incidentId, [20, 20]);
    const { actions } = await school.ask('lead', readIncident, { incidentId, openingId: v7() });
    expect(await earlier('lead', other, actions[1]?.id)).toBe('not-found');
    expect(await earlier('lead', incidentId, v7())).toBe('not-found');
    expect(await earlier('lead', incidentId, actions[1]?.id)).toMatchObject({ actions: [{}] });
    expect(await earlier('lead', incidentId, actions[0]?.id)).toEqual({
      actions: [],
      earlierActions: null,
    });
  });
});

test('R68 reading on is the same opening; without one it is an opening of its own', async () => {
  const incidentId = await addIncident(school, 'teacher');
  await addActions(
    incidentId,
    Array.from({ length: 12 }, () => LIMITS.incidentText),
  );
  const views = () => school.rows('audit').filter(({ event }) => event === 'view').length;
  const openingId = v7();
  await readAll('lead', incidentId, openingId);
  await readAll('lead', incidentId, openingId);
  const once = views();
  const { actions } = await school.ask('lead', readIncident, { incidentId, openingId });
  const before = actions[0]?.id;
  await school.ask('lead', readEarlierActions, { incidentId, openingId: v7(), before });
  expect([once, views(), school.rows('opening').length]).toEqual([1, 2, 2]);
  await school.call('assistant', readEarlierActions, { incidentId, openingId: v7(), before });
  await school.call('lead', readEarlierActions, { incidentId, openingId: v7(), before: v7() });
  expect([views(), school.rows('opening').length]).toEqual([2, 2]);
});
