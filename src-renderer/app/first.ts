/**
 * The first import of the page, before any schema is built: zod compiles nothing at run time (the
 * content security policy refuses it), and trusted types allow react-aria's announcer to empty itself.
 */
import { z } from 'zod';

z.config({ jitless: true });

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown;
}

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
trustedTypes?.createPolicy('default', {
  createHTML(text) {
    // react-aria's LiveAnnouncer clears its log with innerHTML = ''; nothing else is ever allowed (R18).
    if (text !== '') throw new TypeError('No text becomes markup here.');
    return '';
  },
});
