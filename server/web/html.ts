/**
 * HTML of the web pages, without a framework: a tag that escapes whatever is put into it, and the
 * frame that every page has.
 */
import { escaped } from '../mail/html.ts';

/** Text that is HTML already; only `html` makes it. */
export interface Html {
  readonly html: string;
}

/** html`<p>${text}</p>`: text is escaped, Html is taken as it is, null is nothing. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | null)[]
): Html {
  const written = parts.map((part, index) => {
    const value = values[index];
    if (value === undefined || value === null) return part;
    return part + (typeof value === 'string' ? escaped(value) : value.html);
  });
  return { html: written.join('') };
}

/** A whole page with the school's name at its head. */
export function page(schoolName: string, title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} - ${schoolName}</title>
        <link rel="stylesheet" href="/web/style.css" />
        <script src="/web/script.js" defer></script>
      </head>
      <body>
        <header><p class="school">${schoolName}</p></header>
        <main>${main}</main>
        <footer><p>Meadowlark</p></footer>
      </body>
    </html>`.html;
}
