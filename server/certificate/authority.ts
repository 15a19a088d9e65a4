/**
 * The school's own certificate authority: made once by `init`, it signs the server's certificate
 * and nothing else. Clients trust it because the school file carries it (R57).
 */
// @peculiar/x509 is built on an injector that refuses to load without this polyfill.
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { isIP } from 'node:net';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 10 * 365;
/** Apple's systems refuse a server certificate that is valid for longer than 398 days. */
const SERVER_DAYS = 397;

/** A certificate and its private key (PKCS #8), both PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

/** Makes the authority: ECDSA P-256, ten years, path length 0 (it can sign no other authority). */
export async function makeAuthority(schoolName: string, now: Date): Promise<CertificateAndKey> {
  const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // 64 characters are the most of a common name; quotes would be read as its syntax.
    name: [{ CN: [`Meadowlark authority of ${schoolName.replace(/["\\]/g, '')}`.slice(0, 64)] }],
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: SIGNATURE,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pemText(certificate.toString('pem')), key: await keyPem(keys.privateKey) };
}

/**
 * Makes the server's certificate for `domain` (a host name or an IP address), signed by the
 * authority. It is valid for 397 days, and never for longer than the authority.
 */
export async function makeServerCertificate(
  authority: CertificateAndKey,
  domain: string,
  now: Date,
): Promise<CertificateAndKey> {
  const issuer = new X509Certificate(authority.certificate);
  const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [domain.slice(0, 64)] }],
    issuer: issuer.subject,
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(Math.min(now.getTime() + SERVER_DAYS * DAY_MS, issuer.notAfter.getTime())),
    signingAlgorithm: SIGNATURE,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(namesFor(domain)),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pemText(certificate.toString('pem')), key: await keyPem(keys.privateKey) };
}

/** A server on one's own computer is reached by either of its names. */
function namesFor(domain: string): { type: 'dns' | 'ip'; value: string }[] {
  if (domain === 'localhost' || domain === '127.0.0.1') {
    return [
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
    ];
  }
  return [{ type: isIP(domain) === 0 ? 'dns' : 'ip', value: domain }];
}

function serialNumber(): string {
  const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  // A serial number is positive: its first bit is 0 and its first byte is not (RFC 5280, 4.1.2.2).
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function importKey(pem: string): Promise<CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return await crypto.subtle.importKey('pkcs8', der, CURVE, false, ['sign']);
}

async function keyPem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

function pemText(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}
