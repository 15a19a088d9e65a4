/** A sealed item as it came, opened: what is inside, and whether the outside belongs to it. */
import {
  SealedInside,
  carryBytes,
  certificateBytes,
  signedBytes,
  type KeyCertificate,
  type SignedSubmission,
} from '../../src-shared/contract/seal.ts';
import { isSignedBy, type Seal } from './seal.ts';

export interface SealedItem {
  readonly id: string;
  /** Of the sealed bytes, hex. */
  readonly sha256: string;
  readonly isUrgent: boolean;
  readonly sealingKeyId: string;
  /** Which computer says that it carries it. */
  readonly computerId: string;
  readonly proof: string;
  /** By the computer's own clock as it sent this; an earlier version does not say it. */
  readonly sentAt?: string | undefined;
  readonly sealed: Uint8Array;
}

export type OpenedItem =
  /** Not sealed to this school, damaged, or of a form that this program does not know. */
  | { readonly is: 'unreadable' }
  | {
      readonly is: 'read';
      readonly inside: SealedInside;
      /**
       * Whether the id outside is the one inside. Urgency is not compared: it follows from the
       * school's categories of today, and the computer may have known yesterday's. Nor is the
       * computer: one that lost its key carries as a new one what was sealed there before, and what
       * it was sealed on is signed by its author.
       */
      readonly isConsistent: boolean;
    };

/** Opens an item with the key that it names (null: not known any more), or with any other of the school's. */
export function openItem(
  seal: Seal,
  item: Pick<SealedItem, 'id' | 'sealed'> & { readonly sealingKeyId: string | null },
): OpenedItem {
  const bytes = seal.open(item.sealed, item.sealingKeyId);
  const parsed = bytes === null ? null : SealedInside.safeParse(jsonIn(bytes));
  if (!parsed?.success) return { is: 'unreadable' };
  const inside = parsed.data;
  const id = idOf(inside);
  return {
    is: 'read',
    inside,
    isConsistent: id === item.id,
  };
}

function idOf(inside: SealedInside): string {
  if (inside.kind === 'left') return inside.id;
  return inside.kind === 'concern' ? inside.concern.id : inside.submission.id;
}

/** Whether this computer's key (base64) signed for carrying just this item. */
export function isCarriedBy(publicKey: string, item: SealedItem): boolean {
  return isSignedBy(publicKey, carryBytes(item), item.proof);
}

/** Whether the school certified this very person's key on this very computer. */
export function isCertified(
  seal: Seal,
  certificate: KeyCertificate,
  { staffId, computerId }: Pick<SignedSubmission, 'staffId' | 'computerId'>,
): boolean {
  return (
    certificate.staffId === staffId &&
    certificate.computerId === computerId &&
    seal.isOurs(certificateBytes(certificate), certificate.signature)
  );
}

export function isAuthorsOwn(inside: SignedSubmission, signingKey: string): boolean {
  return isSignedBy(signingKey, signedBytes(inside), inside.signature);
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
