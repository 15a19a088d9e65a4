import { expect, test } from 'vitest';
import { parseSettings, SettingsFault } from './settings.ts';
import { testSettings } from './testing/server.ts';

const settings = testSettings({ port: 8443, mailUrl: 'smtp://localhost:2525' });

function faultsOf(changed: object, environment: Record<string, string> = {}): readonly string[] {
  try {
    parseSettings(JSON.stringify({ ...settings, ...changed }), environment);
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
  return [];
}

test('everything that is wrong is told at once, with where it stands', () => {
  const faults = faultsOf(
    { listen: { ...settings.listen, port: 70_000 }, extra: true },
    { MEADOWLARK_MAIL_FROM: 'nobody' },
  );
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'listen.port',
    'mail.from',
    'the file',
  ]);
});

test('S36 Contact Support leads somewhere: to an e-mail address, to a link or to both', () => {
  const support = (email: string | null, link: string | null) =>
    faultsOf({ school: { ...settings.school, support: { email, link } } });
  const page = 'https://help.larkfield.example/';
  expect([support('it@larkfield.example', null), support(null, page)]).toEqual([[], []]);
  expect(support(null, null)).toEqual(['school.support: neither an e-mail address nor a link']);
});

test('the environment stands above the file', () => {
  const { listen } = parseSettings(JSON.stringify(settings), { MEADOWLARK_PORT: '9443' });
  expect(listen).toEqual({ ...settings.listen, port: 9443 });
});
