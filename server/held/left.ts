/** Opens what somebody who has left had not finished, with the key that lay sealed beside it. */
import sodium from 'libsodium-wrappers-sumo';
import { z } from 'zod';
import { Escrow } from '../../src-shared/contract/key.ts';
import {
  PADDED_TO_BYTES,
  draftBelonging,
  type SealedLeft,
} from '../../src-shared/contract/left.ts';
import { SEALED_LARGEST_BYTES } from '../../src-shared/contract/seal.ts';
import { freeText } from '../../src-shared/contract/values.ts';
import { fromBase64, type Seal } from '../seal/seal.ts';
import type { LeftInside } from './inside.ts';

const NONCE_BYTES = 24;

/** The bytes of a sealed item are its limit; what of it an incident takes, `rules.ts` says. */
const Text = freeText(SEALED_LARGEST_BYTES);
/** A form as the client keeps it; of what the team needs to go on with it. */
const Form = z.object({
  text: Text.catch(''),
  studentId: z.uuid().nullable().catch(null),
});
const Draft = z.object({
  kind: z.enum(['incident', 'action']),
  incidentId: z.uuid().nullable(),
  content: z.string(),
});

/**
 * Null where there is no escrow, or it is another's, or the draft does not open with its key. That
 * the writer wrote it cannot be proved: whoever has the computer's files could have made a key.
 */
export function openLeft(seal: Seal, inside: SealedLeft): LeftInside | null {
  const { draft } = inside;
  const key = draftKeyIn(seal, inside);
  if (key === null || draft.content === null) return null;
  const text = openDraft(key, fromBase64(draft.content), draftBelonging(inside.staffId, draft));
  sodium.memzero(key);
  const opened = text === null ? null : Draft.safeParse(jsonIn(text));
  if (!opened?.success) return null;
  const { kind, incidentId, content } = opened.data;
  const form = Form.safeParse(jsonIn(content));
  return {
    kind: 'left',
    left: {
      kind,
      incidentId,
      studentId: form.success ? form.data.studentId : null,
      text: form.success ? form.data.text : Text.catch('').parse(content),
      changedAt: draft.changedAt,
    },
  };
}

/** Whichever computer it was sealed on: one that was begun anew keeps what the earlier one sealed. */
function draftKeyIn(seal: Seal, { escrow, staffId }: SealedLeft): Uint8Array | null {
  const bytes = escrow === null ? null : seal.open(fromBase64(escrow), null);
  if (bytes === null) return null;
  const parsed = Escrow.safeParse(jsonIn(new TextDecoder().decode(bytes)));
  if (!parsed.success || parsed.data.staffId !== staffId) return null;
  return fromBase64(parsed.data.draftKey);
}

function openDraft(
  key: Uint8Array,
  locked: Uint8Array,
  belonging: readonly (string | number)[],
): string | null {
  try {
    const padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      locked.subarray(NONCE_BYTES),
      new TextEncoder().encode(belonging.join('\n')),
      locked.subarray(0, NONCE_BYTES),
      key,
    );
    return new TextDecoder().decode(sodium.unpad(padded, PADDED_TO_BYTES));
  } catch {
    return null;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
