import { describe, expect, test } from 'vitest';
import { adviceOn, isLengthRight, lengthOf } from './password-advice.ts';
import { faultsOf } from './new-password.tsx';
import { strengthOf } from './password-strength.ts';

describe('R29 advice while a password is chosen', () => {
  test.each([
    ['', null, 'info', 'At least 12 characters.'],
    ['eleven char', null, 'warning', '1 more character needed.'],
    ['short', null, 'warning', '7 more characters needed.'],
    ['twelve chars', null, 'info', 'Long enough.'],
    ['twelve chars', 2, 'warning', 'Long enough, but easy to guess. Add another random word.'],
    ['twelve chars', 3, 'success', 'Long enough and hard to guess.'],
    ['a'.repeat(129), 4, 'warning', '1 too many: 128 characters are the most.'],
  ] as const)('"%s" with an estimate of %s', (password, score, tone, text) => {
    expect(adviceOn(password, score)).toEqual({ tone, text });
  });

  test('characters are counted as people count them', () => {
    expect(lengthOf('cafe\u0301')).toBe(4);
    expect(lengthOf('🐦'.repeat(12))).toBe(12);
    expect(isLengthRight('🐦'.repeat(11))).toBe(false);
    expect(isLengthRight('🐦'.repeat(128))).toBe(true);
  });

  test('three random words are enough, the school’s own name is not', () => {
    expect(strengthOf('teal chisel badger', ['Larkfield School'])).toBeGreaterThanOrEqual(3);
    expect(strengthOf('larkfieldschool', ['Larkfield School'])).toBeLessThan(3);
    expect(strengthOf('password1234', [])).toBeLessThan(3);
  });

  test('a second typing that differs is said at the second field', () => {
    expect(faultsOf({ first: 'teal chisel badger', second: 'teal chisel badgre' })).toEqual({
      first: null,
      second: 'This is not the same as above. Type it again.',
    });
    expect(faultsOf({ first: '', second: '' })).toEqual({
      first: 'Choose a new password.',
      second: null,
    });
  });
});
