/** An incident about which very much was written: all of it can be read, by keyboard too (S13, R16). */
import { readFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { openSchool, settingsFile } from '../../server/folder.ts';
import { parseSettings } from '../../server/settings.ts';
import * as person from './person.ts';
import { expect, test, type TestSchool } from './school.ts';

const ACTIONS = 30;
const LONGEST = 50_000;

test('S13 thirty actions of the longest length are read to the first of them', async ({
  school,
  computer: { page },
}) => {
  await addActionsToNewestAlert(school);
  await person.signIn(page, school.demo.signIns.lead);
  await person.alertRows(page).first().getByRole('link').first().click();
  const actions = page.getByRole('region', { name: /^Actions/ }).getByRole('listitem');
  await expect(page.getByRole('heading', { name: /^Actions \(\d+\)$/ })).toBeVisible();
  const texts = async () =>
    (await actions.allTextContents()).map((text) => /No\. \d+/.exec(text)?.[0]);
  const numbered = (from: number) =>
    Array.from({ length: ACTIONS - from }, (_, at) => `No. ${from + at}`);
  expect(await texts()).toEqual(numbered(20));

  const earlier = page.getByRole('button', { name: /^Show earlier actions/ });
  await earlier.focus();
  await page.keyboard.press('Enter');
  await expect(actions).toHaveCount(20);
  // The focus stands on the first that came, which is where reading goes on.
  await expect(actions.first()).toBeFocused();
  await expect(
    page.getByRole('status').getByText(/^20 of \d+ actions are shown\.$/),
  ).toBeAttached();
  expect(await texts()).toEqual(numbered(10));

  await page.keyboard.press('Shift+Tab');
  await expect(earlier).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(actions.first()).toBeFocused();
  while (await earlier.isVisible()) {
    await earlier.click();
    await expect(page.getByText('Fetching earlier actions')).toHaveCount(0);
  }
  expect((await texts()).slice(-ACTIONS)).toEqual(numbered(0));
  const lengths = await actions.evaluateAll((all) =>
    all.map(({ textContent }) => textContent.length),
  );
  expect(lengths.slice(-ACTIONS).every((length) => length > LONGEST)).toBe(true);
});

/** Written into the school's database: nobody types 1.5 million signs. */
async function addActionsToNewestAlert({ demo }: TestSchool): Promise<void> {
  const settings = parseSettings(readFileSync(settingsFile(demo.server), 'utf8'), {});
  const { db } = await openSchool(demo.server, settings, new Date());
  try {
    const { id: leadId } = await db
      .selectFrom('staff')
      .select('id')
      .where('email', '=', demo.signIns.lead.email)
      .executeTakeFirstOrThrow();
    const { incident_id: incidentId } = await db
      .selectFrom('alert')
      .select('incident_id')
      .where('staff_id', '=', leadId)
      .where('read_at', 'is', null)
      .orderBy('position', 'desc')
      .executeTakeFirstOrThrow();
    const [like] = await db.selectFrom('submission').selectAll().limit(1).execute();
    if (like === undefined) throw new Error('nothing was ever submitted');
    for (let which = 0; which < ACTIONS; which += 1) {
      const at = new Date(Date.now() + which).toISOString();
      const id = v7();
      const common = { id, school_id: settings.school.id };
      const reference = `LONG-${which}`;
      await db
        .insertInto('submission')
        .values({ ...like, ...common, kind: 'action', staff_id: leadId, reference })
        .execute();
      await db
        .insertInto('action')
        .values({
          ...common,
          incident_id: incidentId,
          author_id: leadId,
          text: `No. ${which} ${'What was said. '.repeat(4_000)}`.slice(0, LONGEST),
          happened_at: at,
          submitted_at: at,
        })
        .execute();
    }
  } finally {
    await db.destroy();
  }
}
