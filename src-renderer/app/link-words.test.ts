import { expect, test } from 'vitest';
import { LinkState } from '../../src-shared/bridge.ts';
import { wordsOfLink } from './link-words.ts';

test('the state of the way to the server is in words, and silent while all is well', () => {
  expect(LinkState.options.map((state) => [state, wordsOfLink(state)])).toEqual([
    ['connecting', 'Connecting to the school’s server'],
    ['online', null],
    ['offline', 'Working offline'],
    [
      'not-trusted',
      'Not connected: the server’s certificate does not match the school file. Tell IT.',
    ],
  ]);
});
