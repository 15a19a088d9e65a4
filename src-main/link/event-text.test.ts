import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventReader } from './event-text.ts';

function read(pieces: readonly string[]): { told: string[]; isStream: boolean } {
  const told: string[] = [];
  const reader = eventReader((name) => told.push(name));
  let isStream = true;
  for (const piece of pieces) isStream = reader.read(piece) && isStream;
  return { told, isStream };
}

const STREAM =
  ': beat\n\nevent: changed\ndata: \n\n: beat\r\n\r\nevent:ended\r\ndata:\r\n\r\ndata: x\n\nid: 4\n\n';

test('events are read by name; comments and other fields are passed over', () => {
  expect(read([STREAM]).told).toEqual(['changed', 'ended', 'message']);
});

test('an event counts only when it is complete', () => {
  expect(read(['event: changed\ndata: \n']).told).toEqual([]);
});

test('however the network cuts the stream, the same events are read', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 20 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      const pieces = at.slice(1).map((end, index) => STREAM.slice(at[index], end));
      expect(read(pieces).told).toEqual(['changed', 'ended', 'message']);
    }),
  );
});

test('a line without an end is not waited for for ever', () => {
  expect(read(['x'.repeat(2_000)]).isStream).toBe(false);
});
