import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeAuthority, makeServerCertificate } from './authority.ts';
import { makeKeys, readGiven, renewCertificate } from './make.ts';

const DOMAIN = 'safe.larkfield.example';
const NOW = new Date('2026-11-24T08:45:00.000Z');
const YEARS_AGO = new Date('2020-01-01T00:00:00.000Z');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meadowlark-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inUse = () => readFileSync(join(folder, 'keys', 'server.pem'), 'utf8');
const ofAnotherAuthority = async (now = NOW) =>
  makeServerCertificate(await makeAuthority('Another authority', now), DOMAIN, now);

test('R57 a certificate that the school’s computers would not trust does not take the place of theirs', async () => {
  await makeKeys(folder, { name: 'Larkfield School', domain: DOMAIN }, NOW, null);
  const before = inUse();
  const renewal = renewCertificate(folder, DOMAIN, NOW, await ofAnotherAuthority());
  await expect(renewal).rejects.toThrow('none of them would connect any more');
  expect(inUse()).toBe(before);
});

test('one that the school’s own authority has signed elsewhere does', async () => {
  await makeKeys(folder, { name: 'Larkfield School', domain: DOMAIN }, NOW, null);
  const read = (name: string) => readFileSync(join(folder, 'keys', name), 'utf8');
  const authority = { certificate: read('authority.pem'), key: read('authority-key.pem') };
  const given = await makeServerCertificate(authority, DOMAIN, NOW);
  await renewCertificate(folder, DOMAIN, NOW, given);
  expect(inUse()).toBe(given.certificate);
});

test('a school that began with a certificate of its own renews it with any', async () => {
  const school = { name: 'Larkfield School', domain: DOMAIN };
  await makeKeys(folder, school, NOW, await ofAnotherAuthority());
  const next = await ofAnotherAuthority();
  await renewCertificate(folder, DOMAIN, NOW, next);
  expect(inUse()).toBe(next.certificate);
});

test('one that has expired is not taken', async () => {
  const { certificate, key } = await ofAnotherAuthority(YEARS_AGO);
  writeFileSync(join(folder, 'old.pem'), certificate);
  writeFileSync(join(folder, 'old-key.pem'), key);
  const read = () => readGiven(join(folder, 'old.pem'), join(folder, 'old-key.pem'), DOMAIN, NOW);
  expect(read).toThrow('expired on 2021-02-01');
});
