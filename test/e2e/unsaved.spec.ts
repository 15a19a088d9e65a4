/** R79 in a window: text that the disk does not take as somebody is locked out. */
import { readFileSync, readdirSync } from 'node:fs';
import type { Client } from './client.ts';
import * as person from './person.ts';
import { expect, test } from './school.ts';

// A process that is held up for seconds.
test.describe.configure({ timeout: 180_000 });

const TEXT = 'Nobody has saved this yet.';

test('R79 locked while nothing can be saved, the page is out of sight and loses nothing', async ({
  school,
  openComputer,
}) => {
  test.skip(process.platform !== 'linux', 'the vault is found in /proc');
  const { teacher } = school.demo.signIns;
  const computer = await openComputer({ name: 'medical room' });
  await person.signIn(computer.page, teacher);
  const before = computer.page;
  await before.getByRole('link', { name: 'Add Incident' }).click();
  const vault = vaultOf(computer);
  process.kill(vault, 'SIGSTOP');
  let locked;
  try {
    await before.getByRole('textbox', { name: 'Incident', exact: true }).fill(TEXT);
    const fresh = computer.app.waitForEvent('window');
    await before.getByRole('button', { name: 'Lock', exact: true }).click();
    locked = await fresh;
    await expect(locked.getByText('Not everything that was typed is saved.')).toBeVisible();
    expect(await locked.content()).not.toContain(TEXT);
    const visible = await computer.app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
    );
    expect(visible).toBe(1);
    expect(before.isClosed()).toBe(false);
    expect(await before.evaluate(async () => window.meadowlark?.listAlerts({}))).toEqual({
      ok: false,
      code: 'not-allowed',
    });
  } finally {
    process.kill(vault, 'SIGCONT');
  }
  await expect(locked.getByText('What was typed is kept on this computer')).toBeVisible({
    timeout: 45_000,
  });
  await expect.poll(() => before.isClosed()).toBe(true);
  await person.passwordField(locked).fill(teacher.password);
  await locked.getByRole('button', { name: 'Unlock' }).click();
  await expect(locked.getByRole('textbox', { name: 'Incident', exact: true })).toHaveValue(TEXT);
});

/** The process that has the store open, by the system's own word. */
function vaultOf({ app }: Client): number {
  const main = app.process().pid;
  const found = readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .find((name) => {
      try {
        const parent = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return Number(parent) === main && command.includes('vault/main.js');
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
  if (found === undefined) throw new Error('the client has no vault');
  return Number(found);
}
