/**
 * Draws the program's icons from assets/icon.svg: icon.png (Linux), icon.ico (Windows), icon.icns
 * (macOS). `npx node tools/icons.ts`, after the drawing has changed; the results are kept in git.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../test/electron/chromium/process.ts';

const ASSETS = resolve(import.meta.dirname, '../assets');
/** What Windows asks for, in pixels. */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Apple's names for PNG pictures in an icns file, by pixels. */
const ICNS_TYPES: readonly [string, number][] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
];

/** An .ico file of PNG pictures: https://en.wikipedia.org/wiki/ICO_(file_format). */
export function ico(pictures: readonly { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // 256 is written as 0: the field has one byte.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** An .icns file of PNG pictures: https://en.wikipedia.org/wiki/Apple_Icon_Image_format. */
export function icns(pictures: readonly { type: string; png: Buffer }[]): Buffer {
  const entries = pictures.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'latin1');
    head.writeUInt32BE(8 + png.length, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(entries);
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'latin1');
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}

async function draw(): Promise<void> {
  const drawing = readFileSync(join(ASSETS, 'icon.svg')).toString('base64');
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  const pngs = new Map<number, Buffer>();
  const sizes = new Set([...ICO_SIZES, ...ICNS_TYPES.map(([, size]) => size), 512]);
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>html, body { margin: 0; background: none } img { display: block; width: ${size}px }</style>
       <img src="data:image/svg+xml;base64,${drawing}">`,
    );
    pngs.set(size, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
  const png = (size: number): Buffer => pngs.get(size) ?? Buffer.alloc(0);
  writeFileSync(join(ASSETS, 'icon.png'), png(512));
  writeFileSync(join(ASSETS, 'icon.ico'), ico(ICO_SIZES.map((size) => ({ size, png: png(size) }))));
  writeFileSync(
    join(ASSETS, 'icon.icns'),
    icns(ICNS_TYPES.map(([type, size]) => ({ type, png: png(size) }))),
  );
}

if (import.meta.main) await draw();
