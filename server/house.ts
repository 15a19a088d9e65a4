/** Makes the house: the database, the clock, the keys and the ways to be told, in one object. */
import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { publicHalf } from './certificate/folder.ts';
import type { Db } from './db/open.ts';
import type { EventHub } from './event/hub.ts';
import type { House, Log } from './http/route.ts';
import { makeSeal } from './seal/seal.ts';
import type { Settings } from './settings.ts';

export function makeHouse(parts: {
  readonly db: Db;
  readonly settings: Settings;
  readonly now: () => Date;
  readonly hub: EventHub;
  /** Ed25519, PKCS #8 PEM. */
  readonly signingKey: string;
  /** The sealing keys, X25519, PKCS #8 PEM, newest first. */
  readonly readSealingKeys: () => readonly string[];
  readonly mailWaits: () => void;
  readonly log: Log;
}): House {
  const signingKey = createPrivateKey(parts.signingKey);
  return {
    db: parts.db,
    settings: parts.settings,
    now: parts.now,
    newId: () => uuid(),
    randomBytes: (length) => randomBytes(length),
    tellChanged: (staffIds) => parts.hub.tellChanged(staffIds),
    tellEnded: (sessionIds) => parts.hub.tellEnded(sessionIds),
    sign: (bytes) => sign(null, bytes, signingKey).toString('base64'),
    seal: makeSeal({
      readPrivateKeys: parts.readSealingKeys,
      signingKey: publicHalf(parts.signingKey),
    }),
    mailWaits: parts.mailWaits,
    log: parts.log,
  };
}
