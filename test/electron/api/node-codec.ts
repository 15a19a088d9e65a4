/** The codec on Node's side. */
import { makeCodec } from '../page/codec.ts';

export const codec = makeCodec(
  (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  (text) => Buffer.from(text, 'base64'),
);
