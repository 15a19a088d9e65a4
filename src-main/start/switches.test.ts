import { describe, expect, test } from 'vitest';
import { demoSwitches, refusedSwitch } from './switches.ts';

const none = (): boolean => false;

describe('a product does not run with a switch that lets a debugger in', () => {
  test.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '--REMOTE-debugging-pipe',
    '-remote-debugging-port=1',
    '/remote-debugging-port:1',
    '--inspect',
    '--inspect=0',
    '--inspect-brk=127.0.0.1:9229',
    '--js-flags=--expose-gc\n',
    '--no-sandbox',
    '--disable-web-security',
    '--load-extension=/tmp/x',
    '--user-data-dir=/tmp/other',
  ])('%s', (argument) => {
    expect(refusedSwitch('product', ['Meadowlark', argument], none)).not.toBeNull();
  });

  test('one that only Chromium still knows', () => {
    const hasSwitch = (name: string): boolean => name === 'remote-debugging-pipe';
    expect(refusedSwitch('product', [], hasSwitch)).toBe('remote-debugging-pipe');
  });

  test('while ordinary arguments are nothing to it', () => {
    const argv = [
      'C:\\Program Files\\Meadowlark\\Meadowlark.exe',
      '--allow-file-access',
      'inspect',
    ];
    expect(refusedSwitch('product', argv, none)).toBeNull();
  });

  test('the demo build runs with them, as the end-to-end tests drive it that way', () => {
    expect(
      refusedSwitch('demo', ['--inspect=0', '--remote-debugging-port=0'], () => true),
    ).toBeNull();
  });
});

describe('the demo’s own switches', () => {
  const argv = [
    'electron',
    'main.js',
    '--school-file=/tmp/a=b.json',
    '--user-data-dir=/tmp/data',
    '--policy=/tmp/policy.json',
  ];

  test('are read whole, with what follows the first =', () => {
    expect(demoSwitches('demo', argv)).toEqual({
      schoolFile: '/tmp/a=b.json',
      userData: '/tmp/data',
      policy: '/tmp/policy.json',
    });
  });

  test('say nothing where they are empty or absent', () => {
    expect(demoSwitches('demo', ['electron', '--school-file='])).toEqual({
      schoolFile: null,
      userData: null,
      policy: null,
    });
  });

  test('are not looked at by a product', () => {
    expect(demoSwitches('product', argv)).toEqual({
      schoolFile: null,
      userData: null,
      policy: null,
    });
  });
});
