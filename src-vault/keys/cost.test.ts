/** R21, R29: the wrapping key against a second implementation, and the bounds of what is accepted. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import sodium from 'libsodium-wrappers-sumo';
import { expect, test } from 'vitest';
import { SCHOOL_COST, deriveWrappingKey, isAcceptable, isBelow } from './cost.ts';

await sodium.ready;

test('the wrapping key is HKDF-SHA-256 of Argon2id and the device secret, as libsodium and HMAC find it', async () => {
  const salt = Uint8Array.from({ length: 16 }, (_, index) => index);
  const deviceSecret = Uint8Array.from({ length: 32 }, (_, index) => 200 + index);
  const from = { password: 'cafe\u0301 river', salt, cost: SCHOOL_COST, deviceSecret };
  const argon = sodium.crypto_pwhash(
    32,
    'caf\u00e9 river',
    salt,
    SCHOOL_COST.passes,
    SCHOOL_COST.memoryKib * 1024,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
  // RFC 5869 with an empty salt: extract with 32 zero bytes, then one block of expand.
  const extracted = createHmac('sha256', Buffer.alloc(32))
    .update(argon)
    .update(deviceSecret)
    .digest();
  const expected = createHmac('sha256', extracted)
    .update('draft-kek/v1')
    .update(Buffer.of(1))
    .digest();
  expect(Buffer.from(await deriveWrappingKey(from)).toString('hex')).toBe(expected.toString('hex'));
});

test('R21 whatever is stored, nothing below 64 MiB, 3 passes and 1 lane is accepted', () => {
  expect(SCHOOL_COST).toEqual({ memoryKib: 65_536, passes: 3, lanes: 1 });
  expect(isAcceptable(SCHOOL_COST, SCHOOL_COST)).toBe(true);
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer(), (memoryKib, passes, lanes) => {
      const isLower = memoryKib < 65_536 || passes < 3 || lanes < 1;
      fc.pre(isLower);
      expect(isAcceptable({ memoryKib, passes, lanes }, SCHOOL_COST)).toBe(false);
    }),
  );
  expect(isAcceptable({ memoryKib: 2 ** 31, passes: 3, lanes: 1 }, SCHOOL_COST)).toBe(false);
  expect(isBelow({ ...SCHOOL_COST, passes: 2 }, SCHOOL_COST)).toBe(true);
  expect(isBelow({ ...SCHOOL_COST, passes: 4 }, SCHOOL_COST)).toBe(false);
});
