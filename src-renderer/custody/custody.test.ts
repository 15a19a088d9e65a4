import { expect, test } from 'vitest';
import type { HistoryRow } from '../../src-shared/contract/incident.ts';
import type { OwnItem } from '../../src-shared/vault.ts';
import { custodyOf, custodyWords, mergeEntries } from './custody.ts';

const item = (part: Partial<OwnItem>): OwnItem =>
  ({
    id: 'a',
    kind: 'incident',
    incidentId: null,
    queuedAt: '2026-11-24T10:40:00.000Z',
    state: 'waiting',
    receipt: null,
    submission: null,
    ...part,
  }) as OwnItem;
const receipt = {
  submissionId: 'a',
  reference: 'LK7-402',
  receivedAt: '2026-11-24T10:42:00.000Z',
} as unknown as OwnItem['receipt'];
const row = (part: Partial<HistoryRow>): HistoryRow =>
  ({
    id: 'a',
    reference: 'LK7-402',
    submittedAt: '2026-11-24T10:42:00.000Z',
    openedByTeamAt: null,
    showsOpened: true,
    ...part,
  }) as HistoryRow;
const words = (own: OwnItem | null, known: HistoryRow | null) =>
  custodyWords(custodyOf({ item: own, row: known }, true), {
    timeZone: 'UTC',
    now: Date.parse('2026-11-24T16:00:00.000Z'),
  });

test('the custody line in its four states', () => {
  expect([
    words(item({}), null),
    words(item({ state: 'sending' }), null),
    words(item({ state: 'delivered', receipt }), null),
    words(item({ state: 'delivered', receipt }), row({})),
    words(null, row({ openedByTeamAt: '2026-11-24T11:05:00.000Z' })),
  ]).toEqual([
    'Not sent yet: on this computer only',
    'Sending',
    'Delivered to school 10:42, reference LK7-402, not yet opened',
    'Delivered to school 10:42, reference LK7-402, not yet opened',
    'Opened by the safeguarding team 11:05, reference LK7-402',
  ]);
});

test('what is of another day is said with its date', () => {
  expect(words(null, row({ openedByTeamAt: '2026-11-23T11:05:00.000Z' }))).toBe(
    'Opened by the safeguarding team 23 November 2026 11:05, reference LK7-402',
  );
});

test('delivered is never said without a receipt', () => {
  expect(custodyOf({ item: item({ state: 'delivered' }), row: null }, true)).toEqual({
    is: 'waiting',
  });
});

test('where the school does not show it, nothing is said of opening', () => {
  const opened = row({ showsOpened: false, openedByTeamAt: '2026-11-24T11:05:00.000Z' });
  expect(words(null, opened)).toBe('Delivered to school 10:42, reference LK7-402');
});

test('an entry that computer and school both know is listed once, what waits stands first', () => {
  const merged = mergeEntries(
    [
      item({ id: 'w', queuedAt: '2026-11-24T08:00:00.000Z' } as Partial<OwnItem>),
      item({ id: 'a', state: 'delivered', receipt } as Partial<OwnItem>),
    ],
    [row({}), row({ id: 'b', reference: 'LK7-401', submittedAt: '2026-11-24T10:50:00.000Z' })],
  );
  expect(merged.map(({ id, item: own, row: known }) => [id, own !== null, known !== null])).toEqual(
    [
      ['w', true, false],
      ['b', false, true],
      ['a', true, true],
    ],
  );
});

test('an entry that still waits here for its receipt is green by no list of the server’s', () => {
  const opened = row({ openedByTeamAt: '2026-11-24T11:05:00.000Z' });
  expect(words(item({}), row({}))).toBe('Not sent yet: on this computer only');
  expect(words(item({ state: 'sending' }), opened)).toBe('Sending');
  const [first] = mergeEntries(
    [item({})],
    [row({ id: 'b', submittedAt: '2026-11-24T10:50:00.000Z' }), row({})],
  );
  expect(first?.id).toBe('a');
});

test('what is held for the safeguarding team is said to be, by the receipt', () => {
  const held = { ...receipt, isHeld: true } as OwnItem['receipt'];
  expect(words(item({ state: 'delivered', receipt: held }), null)).toBe(
    'Delivered to school 10:42, reference LK7-402: the safeguarding team has been asked to complete it',
  );
  expect(words(item({ state: 'delivered', receipt: held }), row({}))).toBe(
    'Delivered to school 10:42, reference LK7-402, not yet opened',
  );
});

test('R25 a damaged entry is said to be, unless the school has it', () => {
  const damaged = item({ state: 'damaged' });
  expect(words(damaged, null)).toBe('Damaged on this computer and never sent: write it again');
  expect(words(damaged, row({}))).toContain('Delivered to school');
  const [first] = mergeEntries(
    [item({ id: 'd', state: 'damaged' } as Partial<OwnItem>)],
    [row({})],
  );
  expect(first?.id).toBe('d');
});
