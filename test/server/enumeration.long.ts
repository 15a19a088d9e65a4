/**
 * R32: how long an answer takes does not tell whether the school knows an address. Known and
 * unknown ones are asked in turn, in one run, so that whatever else slows the computer slows both;
 * and hashing is made cheap, so that what the real one would drown can be seen.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { requestReset } from '../../src-shared/contract/password.ts';
import { signIn } from '../../src-shared/contract/session.ts';
import type { HashCost } from '../../server/password/hasher.ts';
import { CHEAP_COST, startTestServer, type TestServer } from '../../server/testing/server.ts';
import { addStaff } from '../../server/testing/people.ts';
import { chanceOfLarger, quantile } from './ranks.ts';

/** Of each kind: 500 of both are asked for; so many keep chance within the bounds below. */
const TRIES = 600;
/** Left out where nobody is known, it would show at once beside a few milliseconds of the rest. */
const SOME_COST: HashCost = { memoryKib: 8 * 1024, passes: 1 };
/** Chance alone is outside of them once in four hundred runs. */
const BOUNDS = { least: 0.45, most: 0.55 } as const;

let school: TestServer;
afterEach(() => school.close());

/** A school with so many people who are known, all with one password. */
async function openSchool(hashCost: HashCost): Promise<void> {
  // What is done after an answer is done when it is done in a school.
  school = await startTestServer({ hashCost, laterMs: () => randomInt(100, 600) });
  const hash = await school.tools.hasher.hash('copper hammer otter');
  const at = school.clock.now().toISOString();
  const school_id = school.settings.school.id;
  for (let number = 0; number < TRIES; number += 1) {
    const email = addressOf('known', number);
    const { id } = await addStaff(school, { name: `Known N${number}`, email, password: null });
    const password = { staff_id: id, school_id, hash, changed_at: at };
    await school.db.insertInto('password').values(password).execute();
  }
}

type Kind = 'known' | 'unknown';

function addressOf(kind: Kind, number: number): string {
  return `${kind}.person.${number}@larkfield.example`;
}

/** Times `ask` with a known and an unknown address in turn, whichever comes first by chance. */
async function timed(ask: (email: string) => Promise<unknown>) {
  const times: Record<Kind, number[]> = { known: [], unknown: [] };
  for (let number = 0; number < TRIES; number += 1) {
    // No address has been asked for before, and none has to wait for the ones before it.
    school.clock.advance(30 * 60);
    const order: Kind[] = randomInt(2) === 0 ? ['known', 'unknown'] : ['unknown', 'known'];
    for (const kind of order) {
      const email = addressOf(kind, number);
      const started = performance.now();
      const answer = await ask(email);
      times[kind].push(performance.now() - started);
      expect(answer).toEqual(expected.get(ask));
    }
  }
  return {
    chance: chanceOfLarger(times.known, times.unknown),
    difference: quantile(times.known, 0.5) - quantile(times.unknown, 0.5),
    spread: quantile(times.unknown, 0.75) - quantile(times.unknown, 0.25),
  };
}

const trySignIn = async (email: string) => {
  const computer = { id: randomUUID(), name: 'Room 4' };
  const answer = await school.call(signIn, { email, password: 'not the password', computer });
  return answer.ok ? 'ok' : answer.error.code;
};
const tryReset = async (email: string) => {
  const answer = await school.call(requestReset, { email });
  return answer.ok ? answer.value : answer.error.code;
};
const expected = new Map<unknown, unknown>([
  [trySignIn, 'sign-in-refused'],
  [tryReset, {}],
]);

test.each([
  ['signing in', SOME_COST, trySignIn],
  // A code is hashed for both: the less that takes, the more is seen of what differs.
  ['asking for the e-mail', CHEAP_COST, tryReset],
])('R32 %s: the times do not tell a known address from an unknown one', async (_, cost, ask) => {
  await openSchool(cost);
  const { chance, difference, spread } = await timed(ask);
  // The measure sees a difference where there is one.
  expect(chanceOfLarger([1, 2, 3], [3, 4])).toBeCloseTo(0.5 / 6);
  expect({ chance, isWithin: chance > BOUNDS.least && chance < BOUNDS.most }).toEqual({
    chance,
    isWithin: true,
  });
  expect(Math.abs(difference)).toBeLessThan(spread / 2);
});
