/**
 * R45: reading, marking as read, alerting anew and undoing, interleaved at random on a real
 * database. What is asserted follows from when each began and ended, not from how it is done.
 */
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts, markAlertRead, undoAlertRead } from '../../src-shared/contract/alert.ts';
import { readIncident } from '../../src-shared/contract/incident.ts';
import { actionBody, addIncident } from '../testing/entries.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';

let school: Larkfield;
beforeAll(async () => {
  school = await openLarkfield();
  // Twenty thousand commits: whether they survive a power cut is not asked here.
  school.sqlite.pragma('synchronous = OFF');
});
afterAll(() => school.close());

const INTERLEAVINGS = 1_000;

type Step = {
  readonly what: 'read' | 'mark' | 'alert' | 'undo';
  readonly which: 0 | 1;
  readonly delay: number;
};
/** Steps of one round start together; between rounds the clock moves on. */
type Round = { readonly steps: readonly Step[]; readonly secondsAfter: number };

const step = fc.record<Step>({
  what: fc.constantFrom('read', 'read', 'mark', 'alert', 'undo'),
  which: fc.constantFrom(0, 1),
  delay: fc.nat({ max: 12 }),
});
const round = fc.record<Round>({
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
  secondsAfter: fc.constantFrom(0, 0, 0, 4, 10),
});

interface Happening {
  readonly what: Step['what'];
  readonly which: 0 | 1;
  readonly began: number;
  readonly ended: number;
  readonly done: boolean;
}

test(
  'R45 nobody reads an incident after marking it as read, and only alerting anew opens it again',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 3 }), async (rounds) => {
        const told = { alertStaffIds: [school.staff.colleague] };
        const ids = [
          await addIncident(school, 'teacher', told),
          await addIncident(school, 'teacher', told),
        ];
        const happened: Happening[] = ([0, 1] as const).map((which) => ({
          what: 'alert',
          which,
          began: -1,
          ended: -1,
          done: true,
        }));
        const lastMarked: (string | undefined)[] = [];
        let tick = 0;

        const carryOut = async ({ what, which, delay }: Step) => {
          for (let turn = 0; turn < delay; turn += 1) await Promise.resolve();
          const incidentId = ids[which] ?? '';
          const began = (tick += 1);
          let done = false;
          if (what === 'read') {
            const answer = await school.call('colleague', readIncident, {
              incidentId,
              openingId: v7(),
            });
            done = typeof answer !== 'string' && answer.id === incidentId;
          } else if (what === 'alert') {
            await school.submit('lead', actionBody(school, incidentId, told));
            done = true;
          } else if (what === 'mark') {
            const { alerts } = await school.ask('colleague', listAlerts);
            const alertId = alerts.find((alert) => alert.incidentId === incidentId)?.id;
            if (alertId !== undefined) {
              await school.ask('colleague', markAlertRead, { alertId });
              lastMarked[which] = alertId;
              done = true;
            }
          } else if (lastMarked[which] !== undefined) {
            const alertId = lastMarked[which];
            done = typeof (await school.call('colleague', undoAlertRead, { alertId })) !== 'string';
          }
          happened.push({ what, which, began, ended: (tick += 1), done });
        };
        for (const { steps, secondsAfter } of rounds) {
          await Promise.all(steps.map(carryOut));
          school.now = new Date(school.now.getTime() + secondsAfter * 1000);
        }
        await carryOut({ what: 'read', which: 0, delay: 0 });
        await carryOut({ what: 'read', which: 1, delay: 0 });

        for (const read of happened.filter(({ what }) => what === 'read')) {
          const here = happened.filter(({ which, done }) => which === read.which && done);
          const marks = here.filter(({ what }) => what === 'mark');
          const openers = here.filter(({ what }) => what === 'alert' || what === 'undo');
          const isSettledBy = (last: Happening, others: Happening[]) =>
            last.ended < read.began &&
            others.every((other) => other.ended < last.began || other.began > read.ended);
          const mustBeClosed = marks.some((mark) => isSettledBy(mark, openers));
          const mustBeOpen = openers.some((opener) => isSettledBy(opener, marks));
          expect(mustBeClosed && read.done).toBe(false);
          expect(mustBeOpen && !read.done).toBe(false);
        }
        // The other lists start empty for the next run.
        const { alerts } = await school.ask('colleague', listAlerts);
        for (const alert of alerts)
          await school.ask('colleague', markAlertRead, { alertId: alert.id });
      }),
      { numRuns: INTERLEAVINGS },
    );
  },
);
