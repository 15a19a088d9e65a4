/** Why an item is held, for the safeguarding team (contract/held.ts). */
import type { HeldReason } from '../../src-shared/contract/held.ts';

export const HELD_WORDS: Readonly<Record<HeldReason, string>> = {
  'unknown-reference':
    'Somebody or something chosen in it is not in the school’s records any more. Choose the student and the categories again.',
  'incident-out-of-reach':
    'It is an action to an incident that its writer could no longer open when it arrived. Record it as an incident of its own, or file it once it is dealt with.',
  'author-unknown': 'Its writer has left the school, or was never here.',
  'identity-unverified':
    'It cannot be proved who wrote it: the school did not know the key it was signed with. Ask the person named before you rely on it.',
  'computer-unknown':
    'It was sent by a computer that the school does not know, or has shut out. Tell IT.',
  'not-genuine': 'It was damaged or changed on its way, or cannot be read. Tell IT.',
  differs:
    'Something else had already arrived in its place. Both are kept: ask the writer which is meant.',
  'left-unfinished':
    'Its writer left the school without submitting it. Nobody has checked it, and nobody was told of it before. What cannot be read here cannot be read anywhere: ask them, if it may matter.',
  'without-signing-in':
    'It was reported without signing in. Nobody has checked who wrote it: ask the person named.',
};

/** Who wrote it, and how sure that is. */
export function writerWords(item: {
  readonly writer: string | null;
  readonly identityIsCertain: boolean;
}): string {
  if (item.writer === null) return 'The writer is not known';
  return item.identityIsCertain ? `By ${item.writer}` : `Given as by ${item.writer}, not certain`;
}

/** What comes of completing it: the same as the server makes of it (server/held/rules.ts). */
export function completedWords(item: {
  readonly writer: string | null;
  readonly identityIsCertain: boolean;
}): string {
  return item.identityIsCertain && item.writer !== null
    ? `It becomes an incident that ${item.writer} recorded, in their words. The safeguarding team is told of it, and those whom they chose.`
    : 'It becomes an incident that you recorded, in its writer’s words, with who wrote it as far as that is known. The safeguarding team alone is told of it.';
}
