import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Email, Name, freeText } from './values.ts';

describe('R53 what people type is kept, what could deceive is not', () => {
  test('free text keeps new lines and tabs and loses other control characters', () => {
    expect(freeText(100).parse('She said:\r\n\t"I am\u0000 \u0007fine"\u009f')).toBe(
      'She said:\n\t"I am fine"',
    );
  });

  test('free text of spaces alone counts as empty', () => {
    expect(freeText(100).safeParse(' \n\t ').success).toBe(false);
  });

  test('free text may hold any letter of any script, right-to-left ones too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        fc.pre(text.trim() !== '' && !/[\u0000-\u001f\u007f-\u009f]/.test(text));
        expect(freeText(5_000).parse(text)).toBe(text);
      }),
    );
  });

  test.each(['Aisha \u202Enahk', 'Aisha\u2066', 'Jo\nKhan', ' ', 'x'.repeat(101)])(
    'a name is refused where it could look like another or breaks the line: %j',
    (name) => {
      expect(Name.safeParse(name).success).toBe(false);
    },
  );

  test('names are compared in one form, however their accents were typed', () => {
    expect(Name.parse(' Zoe\u0308 ')).toBe('Zo\u00eb');
  });

  test('what was taken once is taken again as it is, so that it can be hashed, stored and read', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      // Half characters, characters whose NFC form is longer, line separators, control characters.
      fc
        .array(
          fc.constantFrom('a', '\ud800', '\udc00', '\u0958', '\u2028', '\u0000', '\u0301', '\r'),
          { maxLength: 100 },
        )
        .map((characters) => characters.join('')),
    );
    for (const schema of [Name, freeText(100)]) {
      fc.assert(
        fc.property(anything, (text) => {
          const once = schema.safeParse(text);
          fc.pre(once.success);
          const kept = Buffer.from(once.data ?? '', 'utf8').toString('utf8');
          expect(schema.safeParse(kept)).toEqual({ success: true, data: once.data });
        }),
        { numRuns: 1_000 },
      );
    }
    expect(Name.safeParse('\u0958'.repeat(100)).success).toBe(false);
    expect(Name.safeParse('Ann\u2028Khan').success).toBe(false);
  });

  test('an e-mail address does not depend on case or on spaces around it', () => {
    expect(Email.parse('  A.Okafor@Larkfield.Example ')).toBe('a.okafor@larkfield.example');
  });
});
