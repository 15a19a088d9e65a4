/**
 * Makes the keys of a school and renews its certificate. Every file is for the server's user only.
 */
import { X509Certificate, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { makeAuthority, makeServerCertificate, type CertificateAndKey } from './authority.ts';
import { CODE_BYTES, codeFrom } from '../computer/rules.ts';
import { ENROLMENT_CODE_FILE, earlierSealingKeys, keysIn, readKeyFile } from './folder.ts';

/** Makes all keys of a new school. `given`: a certificate of the school's own, then no authority. */
export async function makeKeys(
  folder: string,
  school: { readonly name: string; readonly domain: string },
  now: Date,
  given: CertificateAndKey | null,
): Promise<void> {
  mkdirSync(keysIn(folder), { recursive: true, mode: 0o700 });
  if (given === null) {
    const authority = await makeAuthority(school.name, now);
    writeKeyFile(folder, 'authority.pem', authority.certificate);
    writeKeyFile(folder, 'authority-key.pem', authority.key);
    writeServerCertificate(folder, await makeServerCertificate(authority, school.domain, now));
  } else {
    writeServerCertificate(folder, given);
  }
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  writeKeyFile(folder, 'signing-key.pem', generateKeyPairSync('ed25519').privateKey.export(pem));
  writeKeyFile(folder, 'sealing-key.pem', generateKeyPairSync('x25519').privateKey.export(pem));
  makeEnrolmentCode(folder);
}

/**
 * Makes a new sealing key. The present one gets a number and stays: what was sealed to it, on a
 * computer that was offline or in a draft's escrow, can be opened for ever.
 */
export function rotateSealingKey(folder: string): void {
  const numbers = earlierSealingKeys(folder).map((name) => Number(/\d+/.exec(name)?.[0]));
  const next = Math.max(0, ...numbers) + 1;
  // Copied first: at no moment is a key missing that something is sealed to.
  writeKeyFile(folder, `sealing-key-${next}.pem`, readKeyFile(folder, 'sealing-key.pem'));
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  writeKeyFile(folder, 'sealing-key.pem', generateKeyPairSync('x25519').privateKey.export(pem));
}

/** Makes another enrolment code in the place of the one there is, and returns it. */
export function makeEnrolmentCode(folder: string): string {
  const code = codeFrom(randomBytes(CODE_BYTES));
  writeKeyFile(folder, ENROLMENT_CODE_FILE, `${code}\n`);
  return code;
}

/**
 * Makes a new server certificate by the school's authority, or takes the one that is given. Throws,
 * with nothing changed, where the computers would not trust it: their school file names the authority.
 */
export async function renewCertificate(
  folder: string,
  domain: string,
  now: Date,
  given: CertificateAndKey | null,
): Promise<void> {
  const hasAuthority = existsSync(join(keysIn(folder), 'authority-key.pem'));
  if (given !== null) {
    if (hasAuthority && !isSignedBy(readKeyFile(folder, 'authority.pem'), given.certificate)) {
      throw new Error(
        "The school's computers trust the school's own authority alone, and it has not signed this certificate: none of them would connect any more. Nothing was changed. Without --certificate and --key, one is made that they trust.",
      );
    }
    writeServerCertificate(folder, given);
    return;
  }
  if (!hasAuthority) {
    throw new Error(
      'This server uses a certificate that it did not make itself. Give the new one with --certificate FILE and --key FILE.',
    );
  }
  const authority = {
    certificate: readKeyFile(folder, 'authority.pem'),
    key: readKeyFile(folder, 'authority-key.pem'),
  };
  writeServerCertificate(folder, await makeServerCertificate(authority, domain, now));
}

function isSignedBy(authority: string, certificate: string): boolean {
  return new X509Certificate(certificate).verify(new X509Certificate(authority).publicKey);
}

/** Reads a certificate and its key from files of the administrator's; throws what is wrong with them. */
export function readGiven(
  certificateFile: string,
  keyFile: string,
  domain: string,
  now: Date,
): CertificateAndKey {
  const certificate = readFileSync(certificateFile, 'utf8');
  const key = readFileSync(keyFile, 'utf8');
  const parsed = parseCertificate(certificate, certificateFile);
  if (!parsed.checkPrivateKey(parsePrivateKey(key, keyFile))) {
    throw new Error(
      `The key in ${keyFile} does not belong to the certificate in ${certificateFile}.`,
    );
  }
  const isFor = isIP(domain) === 0 ? parsed.checkHost(domain) : parsed.checkIP(domain);
  if (isFor === undefined) {
    throw new Error(`The certificate in ${certificateFile} is not for ${domain}.`);
  }
  if (parsed.validToDate < now) {
    const day = parsed.validToDate.toISOString().slice(0, 10);
    throw new Error(`The certificate in ${certificateFile} expired on ${day}.`);
  }
  return { certificate, key };
}

function parseCertificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new Error(`${file} is not a certificate in PEM form.`);
  }
}

function parsePrivateKey(pem: string, file: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error(`${file} is not an unencrypted private key in PEM form.`);
  }
}

/** The key first: a crash between the two leaves a pair that `start` refuses, not one that half works. */
function writeServerCertificate(folder: string, pair: CertificateAndKey): void {
  writeKeyFile(folder, 'server-key.pem', pair.key);
  writeKeyFile(folder, 'server.pem', pair.certificate);
}

/** Written beside and renamed, so that a key file is always whole. */
function writeKeyFile(folder: string, name: string, content: string | Buffer): void {
  const file = join(keysIn(folder), name);
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}
