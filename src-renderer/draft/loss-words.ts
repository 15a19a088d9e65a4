/** What a person is told of an unfinished entry that was damaged, taken away or put back (R22, R25). */
import type { DraftLoss, DraftRow } from '../../src-shared/vault.ts';
import { dateTimeText } from '../design/moment.ts';

export interface LossWords {
  readonly title: string;
  readonly text: string;
}

const TELL = 'Tell whoever looks after your school’s computers.';

/** What happened, what it means, and what to do. */
export function lossWords({ is, savedAt }: DraftLoss, timeZone: string): LossWords {
  const saved = savedAt === null ? '' : `You saved it last on ${dateTimeText(savedAt, timeZone)}. `;
  const notTold = 'It was not submitted: nobody has been told of it.';
  switch (is) {
    case 'unreadable':
      return {
        title: 'One unfinished entry of yours on this computer cannot be read.',
        text: `${saved}Its file is damaged, or somebody has changed it. ${notTold} Write it again if it still matters. The damaged entry is kept. ${TELL}`,
      };
    case 'missing':
      return {
        title: 'One unfinished entry of yours is no longer on this computer.',
        text: `${saved}It was neither discarded nor submitted: the disk has lost it, or somebody has removed it. Nobody has been told of it. Write it again if it still matters. ${TELL}`,
      };
    case 'put-back':
      return {
        title: 'An older version of one of your unfinished entries was put back on this computer.',
        text: `${savedAt === null ? '' : `What you saved on ${dateTimeText(savedAt, timeZone)} is not here any more. `}The older version is listed here and says so: read it before you go on with it. ${TELL}`,
      };
    case 'came-back':
      return {
        title: 'An entry that you had discarded or submitted is unfinished on this computer again.',
        text: `It was not you who brought it back. It is listed here as an older version: discard it, unless you are certain that it was never submitted. ${TELL}`,
      };
    case 'keys':
      return {
        title: 'What you had left unfinished on this computer is lost.',
        text: `The computer’s disk has damaged your keys here, and nothing else opens it. If you had left anything unfinished here, it was not submitted, and nobody has been told of it: write it again if it still matters. The damaged file is kept. What you had submitted is not among it. ${TELL}`,
      };
    case 'record':
      return {
        title: 'The record of your unfinished entries on this computer was damaged or changed.',
        text: `Each entry listed here may be an older version of what you saved last, and one may be missing: read them before you go on. ${TELL}`,
      };
  }
}

/** Beside an entry that is an older version; null for every other. */
export function olderWords({ older }: Pick<DraftRow, 'older'>, timeZone: string): string | null {
  if (older === null) return null;
  return older.newestSavedAt === null
    ? 'an older version, or one that you had discarded or submitted'
    : `an older version: what you saved on ${dateTimeText(older.newestSavedAt, timeZone)} is not here any more`;
}
