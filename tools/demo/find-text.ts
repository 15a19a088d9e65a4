/** Looks for text in all files under a folder, in the encodings that programs keep text in. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files that hold any of `texts` as UTF-8, UTF-16 or base64, as "file: text". */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const wanted = texts.flatMap((text) =>
    [
      Buffer.from(text, 'utf8'),
      Buffer.from(text, 'utf16le'),
      // The middle of the base64 is the same whatever stands before it, by one of three places.
      ...[0, 1, 2].map((skipped) => Buffer.from(base64Middle(text, skipped), 'latin1')),
    ].map((bytes) => ({ text, bytes })),
  );
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const content = readFileSync(file);
      const found = wanted.filter(({ bytes }) => content.includes(bytes));
      return [...new Set(found.map(({ text }) => `${file}: ${text}`))];
    });
}

function base64Middle(text: string, skipped: number): string {
  const bytes = Buffer.from(text, 'utf8').subarray(skipped);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  return whole.toString('base64');
}
