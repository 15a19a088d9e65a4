/** POST /v1/submissions: sealed items over HTTP, the one way in for everything that is written. */
import type { FastifyInstance } from 'fastify';
import { CARRY_PATH, CarryHeaders, SEALED_LARGEST_BYTES } from '../../src-shared/contract/seal.ts';
import { Receipt } from '../../src-shared/contract/submission.ts';
import type { House } from '../http/route.ts';
import { Refusal } from '../http/route.ts';
import type { SealedItem } from '../seal/item.ts';
import { sha256Hex } from '../seal/seal.ts';
import { carry } from './carry.ts';
import { receiptFor } from './receipt.ts';

/** It needs no session: what is carried was signed by its author when it was written. */
export function carryRoutes(app: FastifyInstance, house: House, requestsPerMinute: number): void {
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
      config: { rateLimit: { max: requestsPerMinute, timeWindow: 60_000 } },
      handler: async (request, reply) => {
        const item = itemOf(request.headers, request.body);
        const carried = await carry(house, item, request.ip);
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

function itemOf(headers: unknown, body: unknown): SealedItem {
  const parsed = CarryHeaders.safeParse(headers);
  if (!parsed.success || !Buffer.isBuffer(body)) throw new Refusal('bad-request');
  const sealed = new Uint8Array(body);
  return {
    id: parsed.data['meadowlark-submission'],
    sha256: sha256Hex(sealed),
    isUrgent: parsed.data['meadowlark-urgent'] === '1',
    sealingKeyId: parsed.data['meadowlark-sealing-key'],
    computerId: parsed.data['meadowlark-computer'],
    proof: parsed.data['meadowlark-proof'],
    sentAt: parsed.data['meadowlark-sent-at'],
    sealed,
  };
}

/** A computer of an earlier version does not say which form it reads: the first. */
function receiptFormOf(headers: unknown): number {
  return Number(CarryHeaders.safeParse(headers).data?.['meadowlark-receipt'] ?? 1);
}
