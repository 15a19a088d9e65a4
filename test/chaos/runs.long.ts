/** R68, R74, R75, R76 small: the large ones are `npm run chaos` and `npm run crash`. */
import { expect, test } from 'vitest';
import { runChaos } from './chaos-run.ts';
import { runCrash } from './crash-run.ts';

const quiet = (): void => undefined;

test('R74 two hundred submissions from five clients over a way that fails: each once, each alert once', async () => {
  const result = await runChaos({ submissions: 200, clients: 5, seed: 11, longest: 300 }, quiet);
  expect(result).toMatchObject({
    lost: 0,
    duplicated: 0,
    phantoms: 0,
    alertsWrong: 0,
    receiptsWrong: 0,
  });
  expect(result.faulted * 2).toBeGreaterThanOrEqual(result.attempts);
  expect(result.drainSeconds).toBeLessThan(60);
});

test('R76 vault, client and server killed five times each: nothing that was shown is missing', async () => {
  const result = await runCrash({ kills: 5, serverKills: 0, seed: 11 }, quiet);
  expect(result).toMatchObject({
    kills: 15,
    missing: 0,
    corrupt: 0,
    halves: 0,
    duplicated: 0,
    alertsWrong: 0,
  });
  expect(result.saved).toBeGreaterThan(30);
});

test('R68 the server killed 25 times while three people submit: an entry and its audit row, alerts, e-mails and receipt are all there, or none of them', async () => {
  const result = await runCrash({ kills: 1, serverKills: 25, seed: 12 }, quiet);
  expect(result).toMatchObject({
    kills: 28,
    missing: 0,
    corrupt: 0,
    halves: 0,
    duplicated: 0,
    alertsWrong: 0,
  });
  expect(result.received).toBeGreaterThan(300);
});
