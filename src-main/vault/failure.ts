/** What the vault's codes are to a person: each has its sentence in the contract's table. */
import type { Answer, ErrorCode } from '../../src-shared/contract/errors.ts';
import type { VaultAnswer, VaultCode } from '../../src-shared/vault.ts';

const CODES: Readonly<Record<VaultCode, ErrorCode>> = {
  locked: 'keys-locked',
  'wrong-password': 'sign-in-refused',
  'never-here': 'never-here',
  'too-long-ago': 'too-long-ago',
  'too-many-tries': 'too-many-tries',
  'not-saved': 'not-saved',
  'not-found': 'not-found',
  'already-submitted': 'already-submitted',
  'too-large': 'too-large',
  'not-genuine': 'receipt-not-genuine',
  gone: 'vault-gone',
  fault: 'program-fault',
};

export function answerFromVault<T>(answer: VaultAnswer<T>): Answer<T> {
  if (answer.ok) return answer;
  const { code, waitSeconds } = answer;
  const failure = { ok: false, code: CODES[code] } as const;
  return waitSeconds === undefined ? failure : { ...failure, waitSeconds };
}
