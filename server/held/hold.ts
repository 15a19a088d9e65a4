/** Holding an item: kept whole with its reason, audited, and the safeguarding team told of it. */
import type { HeldReason } from '../../src-shared/contract/held.ts';
import { writeAudits } from '../audit/rows.ts';
import type { Transaction } from '../db/open.ts';
import type { House } from '../http/route.ts';
import { queueMails } from '../mail/rows.ts';
import { heldMessage, manyHeldMessage } from '../mail/message.ts';
import type { OpenedItem, SealedItem } from '../seal/item.ts';
import { countInWindow, throttleKey } from '../throttle/rows.ts';
import type { LeftInside } from './inside.ts';
import { countHeldSince, insertHeld, teamOf, type ItemToHold } from './rows.ts';
import { GATHERING_MS, MANY_AN_HOUR, MANY_OF_A_NETWORK, gatheringOf } from './rules.ts';

export interface Holding {
  readonly item: SealedItem;
  /** Null where it was not opened (`opening.ts`). */
  readonly opened: OpenedItem | null;
  readonly reason: HeldReason;
  readonly reference: string;
  readonly now: Date;
  /** Null where the school has nobody of the id that the item gives, and for concerns. */
  readonly staffId: string | null;
  readonly identityIsCertain: boolean;
  /** What somebody who has left had not finished; null where it could not be opened, or must not be. */
  readonly left?: LeftInside | null;
  /** A computer of the school vouches for having carried it. */
  readonly isVouchedFor: boolean;
  /** Where it came from (`networkOf`). */
  readonly network: string;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Answers with the team, who are alerted; null where these bytes are held already. From the sixth
 * an hour from one computer items are marked, and their e-mails gathered into one for each
 * quarter of an hour: every one is kept, but nobody's inbox drowns. So are the e-mails of many from
 * one network, as one computer can enrol under several ids.
 */
export async function hold(
  trx: Transaction,
  house: House,
  holding: Holding,
): Promise<string[] | null> {
  const { item, reason, reference, now, staffId } = holding;
  const schoolId = house.settings.school.id;
  const receivedAt = now.toISOString();
  const since = new Date(now.getTime() - HOUR_MS).toISOString();
  const counted = holding.isVouchedFor ? item.computerId : null;
  const isLeft = reason === 'left-unfinished';
  const before = await countHeldSince(trx, { computerId: counted, since, isLeft });
  const isOneOfMany = before >= MANY_AN_HOUR;
  const id = reason === 'differs' ? house.newId() : item.id;
  const isNew = await insertHeld(trx, {
    id,
    itemId: item.id,
    schoolId,
    reason,
    sha256: item.sha256,
    reference,
    receivedAt,
    computerId: item.computerId,
    staffId,
    identityIsCertain: holding.identityIsCertain,
    isOneOfMany,
    isVouchedFor: holding.isVouchedFor,
    ...contentOf(holding),
  });
  if (!isNew) return null;
  const team = await teamOf(trx, schoolId);
  const key = throttleKey('held', holding.network);
  const { uses } = await countInWindow(trx, key, now, HOUR_MS / 1000);
  const isOfBusyNetwork = uses > MANY_OF_A_NETWORK;
  const gathered =
    isOneOfMany || isOfBusyNetwork
      ? {
          key: gatheringOf(isOfBusyNetwork ? 'network' : (counted ?? 'strangers'), now),
          at: new Date((Math.floor(now.getTime() / GATHERING_MS) + 1) * GATHERING_MS).toISOString(),
        }
      : null;
  const isWithoutSigningIn = reason === 'without-signing-in';
  await queueMails(
    trx,
    house,
    team.map((memberId) => ({
      kind: 'alert',
      staffId: memberId,
      uselessAfter: null,
      ...(gathered === null
        ? heldMessage(house.settings, { reference, isWithoutSigningIn })
        : {
            ...manyHeldMessage(house.settings),
            gathered: { ...gathered, key: `${gathered.key}-${memberId}` },
          }),
    })),
  );
  await writeAudits(trx, [
    {
      schoolId,
      staffId: holding.identityIsCertain ? staffId : null,
      sessionId: null,
      computerId: item.computerId,
      at: receivedAt,
      event: holding.left
        ? 'left-draft-opened'
        : reason === 'differs'
          ? 'submission-aside'
          : 'hold',
      objectId: id,
      result: 'done',
    },
  ]);
  return team;
}

function contentOf({ opened, item: { sealed }, left = null }: Holding) {
  if (left !== null) {
    // Neither the key nor its escrow is kept: what it opened is.
    return { kind: left.left.kind, writer: null, content: { inside: JSON.stringify(left) } };
  }
  if (opened === null || opened.is === 'unreadable' || opened.inside.kind === 'left') {
    return { kind: 'unreadable' as const, writer: null, content: { sealed } };
  }
  const { inside } = opened;
  const kind: ItemToHold['kind'] = inside.kind === 'concern' ? 'concern' : inside.submission.kind;
  const writer = inside.kind === 'concern' ? inside.concern.writer : null;
  return { kind, writer, content: { inside: JSON.stringify(inside) } };
}
