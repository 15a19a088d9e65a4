/** The HTML form of a plain-text e-mail: the same words, paragraphs, and links that can be pressed. */

/** A whole document; every character of `body` that HTML would read is escaped. */
export function htmlOf(title: string, body: string): string {
  const paragraphs = body
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(lineOf).join('<br>\n')}</p>`);
  return [
    '<!doctype html>',
    '<html lang="en-GB">',
    `<head><meta charset="utf-8"><title>${escaped(title)}</title></head>`,
    '<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5">',
    ...paragraphs,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** A line that is nothing but an address becomes a link; one that is a code is made large. */
function lineOf(line: string): string {
  const text = escaped(line);
  if (/^https:\/\/\S+$/.test(line)) return `<a href="${text}">${text}</a>`;
  if (/^[2-9A-Z]{5}-[2-9A-Z]{5}$/.test(line)) {
    return `<strong style="font-size: 24px; letter-spacing: 2px">${text}</strong>`;
  }
  return text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
