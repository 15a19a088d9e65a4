/** Every right of everyone in every case, against a model written in another manner (R43, R46). */
import { describe, expect, test } from 'vitest';
import type { IncidentFacts, RightsActor, RightsObject, Verb } from './can.ts';
import { OWN_REPORT_SECONDS, can } from './can.ts';

/**
 * What is allowed, a line each; all else is not. After verb and role stand the words that must all
 * be true of the case. `anyone` need not have signed in; `working` works here; `key` is of the
 * safeguarding team and works here.
 */
const ALLOWED = `
  sign in               | anyone  |
  choose a password     | anyone  |
  keep own account      | working |
  read lists for typing | working |
  list own alerts       | working |
  list own entries      | working |
  add incident          | working |
  speak for a computer  | anyone  |
  handle held items     | key     |
  acknowledge own alert | working | mine
  read incident         | working | incident unread
  read incident         | working | incident author fresh
  read incident         | key     | incident read
  read incident         | key     | incident assigned
  read incident         | key     | incident author
  add action            | working | incident unread
  add action            | key     | incident read
  add action            | key     | incident assigned
  add action            | key     | incident author
  read action           | working | action unread
  read action           | working | action author fresh tagged
  read action           | working | action author fresh own
  read action           | key     | action read
  read action           | key     | action assigned
  read action           | key     | action author
`
  .trim()
  .split('\n')
  .map((line) => {
    const [verb = '', role = '', words = ''] = line.split('|').map((part) => part.trim());
    return { verb, role, words: words.split(' ').filter((word) => word !== '') };
  });

const VERBS: Verb[] = [
  'sign in',
  'choose a password',
  'keep own account',
  'read lists for typing',
  'list own alerts',
  'acknowledge own alert',
  'list own entries',
  'add incident',
  'add action',
  'read incident',
  'read action',
  'speak for a computer',
  'handle held items',
];

const person = { staffId: 'me', isKeyUser: false, isActive: true };
const ACTORS: { actor: RightsActor; roles: string[] }[] = [
  { actor: null, roles: ['anyone'] },
  { actor: person, roles: ['anyone', 'working'] },
  { actor: { ...person, isKeyUser: true }, roles: ['anyone', 'working', 'key'] },
  { actor: { ...person, isActive: false }, roles: ['anyone'] },
  { actor: { ...person, isActive: false, isKeyUser: true }, roles: ['anyone'] },
];

const AGES = [0, 1, OWN_REPORT_SECONDS - 0.001, OWN_REPORT_SECONDS, 31_536_000, -5];
const BOTH = [false, true];

function cases(): { object: RightsObject; words: string[] }[] {
  const found: { object: RightsObject; words: string[] }[] = [
    { object: { kind: 'nothing' }, words: [] },
    { object: { kind: 'own', ownerId: 'me' }, words: ['mine'] },
    { object: { kind: 'own', ownerId: 'somebody else' }, words: [] },
  ];
  for (const alert of ['none', 'unread', 'read'] as const)
    for (const isAuthor of BOTH)
      for (const isAssigned of BOTH)
        for (const ageSeconds of AGES) {
          const facts: IncidentFacts = { alert, isAuthor, isAssigned, ageSeconds };
          const words: string[] = [alert];
          if (isAuthor) words.push('author');
          if (isAssigned) words.push('assigned');
          if (AGES.indexOf(ageSeconds) < 3 || ageSeconds < 0) words.push('fresh');
          found.push({ object: { kind: 'incident', facts }, words: [...words, 'incident'] });
          for (const isTagged of BOTH)
            for (const isOwn of BOTH)
              found.push({
                object: { kind: 'action', facts, isTagged, isOwn },
                words: [
                  ...words,
                  'action',
                  ...(isTagged ? ['tagged'] : []),
                  ...(isOwn ? ['own'] : []),
                ],
              });
        }
  return found;
}

describe('R46 rights', () => {
  test('every person, verb and case is decided as the table says', () => {
    let cells = 0;
    const wrong: unknown[] = [];
    for (const { actor, roles } of ACTORS) {
      for (const { object, words } of cases()) {
        for (const verb of VERBS) {
          cells += 1;
          const expected = ALLOWED.some(
            (line) =>
              line.verb === verb &&
              roles.includes(line.role) &&
              line.words.every((word) => words.includes(word)),
          );
          if (can(actor, verb, object) !== expected) wrong.push({ actor, verb, object, expected });
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThanOrEqual(20_000);
  });

  test('every line of the table decides something', () => {
    const unknown = ALLOWED.filter((line) => !(VERBS as string[]).includes(line.verb));
    expect(unknown).toEqual([]);
    const idle = ALLOWED.filter(
      (line) => !cases().some(({ words }) => line.words.every((word) => words.includes(word))),
    );
    expect(idle).toEqual([]);
  });
});
