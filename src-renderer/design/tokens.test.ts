import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const darkStart = css.indexOf('@media (prefers-color-scheme: dark)');
const SCHEMES = { light: css.slice(0, darkStart), dark: css.slice(darkStart) };
const TINTS = ['none', 'cream', 'blue', 'green', 'rose'] as const;

/** The hex colours of the rule with this selector; the last one wins, as in the browser. */
function coloursOf(text: string, selector: string): Record<string, string> {
  const colours: Record<string, string> = {};
  const escaped = selector.replace(/[[\]']/g, '\\$&');
  for (const [, body] of text.matchAll(new RegExp(`${escaped} \\{([^}]*)\\}`, 'g'))) {
    for (const [, name, hex] of (body ?? '').matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)) {
      if (name !== undefined && hex !== undefined) colours[name] = hex;
    }
  }
  return colours;
}

function theme(scheme: keyof typeof SCHEMES, tint: (typeof TINTS)[number]): Record<string, string> {
  const tinted = `:root[data-tint='${tint}']`;
  // The dark block stands after the light one, and its rules are as specific: it wins wherever it speaks.
  return {
    ...coloursOf(SCHEMES.light, ':root'),
    ...(scheme === 'dark' ? coloursOf(SCHEMES.dark, ':root') : {}),
    ...coloursOf(SCHEMES.light, tinted),
    ...(scheme === 'dark' ? coloursOf(SCHEMES.dark, tinted) : {}),
  };
}

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Text colours, each with every background that a component puts it on. */
const TEXT: Readonly<Record<string, readonly string[]>> = {
  ink: [
    'paper',
    'surface',
    'surface-quiet',
    'meadow-soft',
    'warning-soft',
    'danger-soft',
    'info-soft',
    'success-soft',
  ],
  'ink-quiet': ['paper', 'surface', 'surface-quiet', 'meadow-soft'],
  link: ['paper', 'surface', 'surface-quiet', 'meadow-soft', 'danger-soft', 'info-soft'],
  'on-meadow': ['meadow', 'meadow-strong'],
  'on-danger': ['danger', 'danger-strong'],
  'on-strip': ['strip'],
  'on-straw': ['straw'],
  surface: ['ink'],
  warning: ['paper', 'surface', 'warning-soft'],
  danger: ['paper', 'surface', 'danger-soft', 'meadow-soft'],
  info: ['surface', 'info-soft'],
  success: ['surface', 'success-soft'],
};

/** What is no text but has to be seen: borders of fields, focus rings, what is ticked (WCAG 1.4.11). */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  'line-strong': ['paper', 'surface', 'surface-quiet'],
  meadow: ['paper', 'surface'],
  focus: ['paper', 'surface', 'surface-quiet', 'meadow-soft'],
  straw: ['strip'],
};

function tooWeak(
  colours: Record<string, string>,
  pairs: Readonly<Record<string, readonly string[]>>,
  least: number,
): string[] {
  const weak: string[] = [];
  for (const [front, backs] of Object.entries(pairs)) {
    for (const back of backs) {
      const [one, other] = [colours[front], colours[back]];
      if (one === undefined || other === undefined) weak.push(`${front} or ${back} is missing`);
      else if (contrast(one, other) < least) {
        weak.push(`${front} on ${back}: ${contrast(one, other).toFixed(2)}`);
      }
    }
  }
  return weak;
}

describe.each(['light', 'dark'] as const)('in the %s theme', (scheme) => {
  test.each(TINTS)('R107 every text can be read on every background (tint: %s)', (tint) => {
    expect(tooWeak(theme(scheme, tint), TEXT, 4.5)).toEqual([]);
  });
  test.each(TINTS)('R107 fields, ticks and the focus can be seen (tint: %s)', (tint) => {
    expect(tooWeak(theme(scheme, tint), SHAPES, 3)).toEqual([]);
  });
});

test('contrast is computed as WCAG has it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test('each tint is a colour of its own in both themes', () => {
  const papers = (['light', 'dark'] as const).flatMap((scheme) =>
    TINTS.map((tint) => theme(scheme, tint)['paper']),
  );
  expect(new Set(papers).size).toBe(10);
});
