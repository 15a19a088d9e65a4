/** A person's own browser, for the page that the e-mail's link opens. */
import { X509Certificate, createHash } from 'node:crypto';
import { chromium, type Browser } from '@playwright/test';
import { findChromium } from '../electron/chromium/process.ts';

/**
 * Opens it so that it trusts exactly the server with this certificate (PEM), the way a computer
 * does that was given the school's authority; any other wrong certificate is still refused.
 */
export async function openBrowser(certificate: string): Promise<Browser> {
  const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  const pin = createHash('sha256').update(spki).digest('base64');
  const path = findChromium();
  return chromium.launch({
    ...(path === null ? {} : { executablePath: path }),
    args: [
      `--ignore-certificate-errors-spki-list=${pin}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
