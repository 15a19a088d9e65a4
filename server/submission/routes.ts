/** POST /v1/submissions: sealed items over HTTP, the one way in for everything that is written. */
import type { FastifyInstance } from 'fastify';
import { CARRY_PATH, CarryHeaders, SEALED_LARGEST_BYTES } from '../../src-shared/contract/seal.ts';
import { Receipt } from '../../src-shared/contract/submission.ts';
import { computerById } from '../computer/rows.ts';
import { networkOf } from '../http/network.ts';
import type { House } from '../http/route.ts';
import { Refusal } from '../http/route.ts';
import type { SealedItem } from '../seal/item.ts';
import { sha256Hex } from '../seal/seal.ts';
import { makeAllowance } from './allowance.ts';
import { carry } from './carry.ts';
import { makeInFlight } from './in-flight.ts';
import { receiptFor } from './receipt.ts';

/** For bodies that are on their way to be over: they have 30 s. */
const FULL_WAIT_SECONDS = 10;

/**
 * It needs no session: what is carried was signed by its author when it was written. `carriesPerMinute`
 * is of each computer of the school.
 */
export function carryRoutes(app: FastifyInstance, house: House, carriesPerMinute: number): void {
  const allowance = makeAllowance(carriesPerMinute);
  const inFlight = makeInFlight();
  void app.register((carrying, _options, done) => {
    carrying.removeAllContentTypeParsers();
    carrying.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: SEALED_LARGEST_BYTES },
      (_request, body, parsed) => parsed(null, body),
    );
    carrying.route({
      method: 'POST',
      url: CARRY_PATH,
      bodyLimit: SEALED_LARGEST_BYTES,
      // Before the body is read: one that does not end must not take memory for nothing.
      onRequest: async (request, reply) => {
        const headers = headersIn(request.headers);
        const computer = await computerById(house.db, {
          schoolId: house.settings.school.id,
          id: headers['meadowlark-computer'],
        });
        const isOurs = computer !== null && computer.revokedAt === null;
        const isOver = inFlight.begin({
          computerId: isOurs ? computer.id : null,
          network: networkOf(request.ip),
        });
        if (isOver === null) throw new Refusal('too-many-tries', FULL_WAIT_SECONDS);
        reply.raw.once('close', isOver);
      },
      handler: async (request, reply) => {
        const item = itemOf(request.headers, request.body);
        const carried = await carry(house, item, { address: request.ip, allowance });
        house.tellChanged(carried.tell);
        house.mailWaits();
        if (carried.is === 'differs') throw new Refusal('submission-differs');
        if (carried.as !== null && carried.receipt.alerted === 0) {
          house.log.error(
            { correlationId: request.id, submissionId: item.id },
            'nobody was alerted to an entry: the safeguarding team has no other member',
          );
        }
        const receipt = receiptFor(house, carried.receipt, receiptFormOf(request.headers));
        const body = JSON.stringify(Receipt.parse(receipt));
        return await reply.header('content-type', 'application/json; charset=utf-8').send(body);
      },
    });
    done();
  });
}

function headersIn(headers: unknown): CarryHeaders {
  const parsed = CarryHeaders.safeParse(headers);
  if (!parsed.success) throw new Refusal('bad-request');
  return parsed.data;
}

function itemOf(headers: unknown, body: unknown): SealedItem {
  const data = headersIn(headers);
  if (!Buffer.isBuffer(body)) throw new Refusal('bad-request');
  const sealed = new Uint8Array(body);
  return {
    id: data['meadowlark-submission'],
    sha256: sha256Hex(sealed),
    isUrgent: data['meadowlark-urgent'] === '1',
    sealingKeyId: data['meadowlark-sealing-key'],
    computerId: data['meadowlark-computer'],
    proof: data['meadowlark-proof'],
    sentAt: data['meadowlark-sent-at'],
    sealed,
  };
}

/** A computer of an earlier version does not say which form it reads: the first. */
function receiptFormOf(headers: unknown): number {
  return Number(CarryHeaders.safeParse(headers).data?.['meadowlark-receipt'] ?? 1);
}
