/** How a screen must be, whatever is on it: accessible, and readable without scrolling sideways. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const PICTURES = join(import.meta.dirname, '..', '..', 'test-results', 'screens');

/** R107: nothing serious on this screen, by axe. With no list of a type-ahead open. */
export async function expectAccessible(
  page: Page,
  screen: string,
  rules: 'all' | 'colours' = 'all',
): Promise<void> {
  // Legacy mode: a page of a desktop program cannot open another one for axe.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (
    rules === 'all' ? axe : axe.withRules(['color-contrast'])
  ).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
    `axe finds nothing serious on ${screen}`,
  ).toEqual([]);
}

/** A window: its width in CSS pixels is what is left of 1366 at this zoom. */
interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
}

/** A shared school computer, the same at 200 %, and at what WCAG 1.4.10 asks for. */
const SIZES: readonly Size[] = [
  { name: '1366', width: 1366, height: 768, zoom: 1 },
  { name: '683 (200 %)', width: 683, height: 384, zoom: 2 },
  { name: '320', width: 320, height: 256, zoom: 4 },
];

/**
 * R107: accessible in light and in dark, and at 100, 200 and 400 % nothing is wider than the window.
 * Keeps a picture of each in test-results/screens/.
 */
export async function expectGoodLooks(page: Page, screen: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  mkdirSync(PICTURES, { recursive: true });
  const picture = (name: string): Promise<unknown> =>
    page.screenshot({ path: join(PICTURES, `${screen} ${name}.png`.replace(/[ ,%()]+/g, '-')) });
  try {
    for (const { name, width, height, zoom } of SIZES) {
      await devtools.send('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: zoom,
        mobile: false,
      });
      expect(await tooWide(page), `nothing on ${screen} is wider than ${name}`).toEqual([]);
      await picture(name);
    }
    await devtools.send('Emulation.clearDeviceMetricsOverride');
    await expectAccessible(page, `${screen}, light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page, `${screen}, dark`, 'colours');
    await picture('dark');
  } finally {
    await page.emulateMedia({ colorScheme: 'light' });
    await devtools.detach();
  }
}

/** What reaches past the right edge of the window, where the page can be scrolled sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(-5)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent}`.trim());
  });
}
