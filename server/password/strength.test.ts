import { describe, expect, test } from 'vitest';
import { makeStrength } from './strength.ts';

const strength = makeStrength();
const CONTEXT = ['Meadowlark', 'Larkfield School', 'safe.larkfield.example', 'Rosa Blake'];

describe('R29 which passwords may be chosen', () => {
  test.each([
    ['elevenchars', 'password-too-short'],
    ['password1234', 'password-too-easy'],
    ['Password123456!', 'password-too-easy'],
    ['qwertyuiop12', 'password-too-easy'],
    ['aaaaaaaaaaaaaaaa', 'password-too-easy'],
    ['abcabcabcabcabc', 'password-too-easy'],
    ['larkfieldschool', 'password-too-easy'],
    ['Larkfield-2026', 'password-too-easy'],
    ['Larkfield School!', 'password-too-easy'],
    ['meadowlark123', 'password-too-easy'],
    ['Rosa.Blake.1987', 'password-too-easy'],
    ['x'.repeat(129), 'password-too-long'],
  ])('%s: %s', async (password, fault) => {
    expect(await strength(password, CONTEXT)).toBe(fault);
  });

  test.each([
    'copper hammer otter',
    'violet-anchor-badger',
    'correct horse battery staple',
    'tundra7marmalade',
    'горный синий чайник',
    'Ünterwegs mit Käse',
    'my aunt’s 3 green teapots',
  ])('%s may be chosen', async (password) => {
    expect(await strength(password, CONTEXT)).toBe(null);
  });

  test('a long password is as good as the best of it, wherever that stands', async () => {
    const weak = 'ha'.repeat(50);
    expect(await strength(weak, CONTEXT)).toBe('password-too-easy');
    expect(await strength(`copper hammer otter ${weak}`, CONTEXT)).toBe(null);
    expect(await strength(`${weak} copper hammer otter`, CONTEXT)).toBe(null);
  });

  test('length is counted in characters as people see them typed, not in bytes', async () => {
    const emoji = '🦊🐢🌵🚲🍋🎻🧭🪁🛶🦉🌂🧦';
    expect(await strength(emoji.slice(0, -2), CONTEXT)).toBe('password-too-short');
    expect(await strength(emoji, CONTEXT)).not.toBe('password-too-short');
    const longest = Array.from({ length: 128 }, (_, index) =>
      String.fromCodePoint(0x4e00 + index * 37),
    ).join('');
    expect(await strength(longest, CONTEXT)).toBe(null);
  });
});
