/** Signs with a school's Ed25519 key, as the running server does. */
import { createPrivateKey, sign } from 'node:crypto';

/** Takes the key as PKCS #8 PEM; signatures are base64. */
export function signerOf(pem: string): (bytes: Uint8Array) => string {
  const key = createPrivateKey(pem);
  return (bytes) => sign(null, bytes, key).toString('base64');
}
