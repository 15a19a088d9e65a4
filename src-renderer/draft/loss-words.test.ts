import { expect, test } from 'vitest';
import { DraftLoss } from '../../src-shared/vault.ts';
import { lossWords, olderWords } from './loss-words.ts';

const ZONE = 'Europe/London';
const SAVED = '2026-11-24T08:50:00.000Z';
const loss = (is: DraftLoss['is'], savedAt: string | null): DraftLoss => ({
  id: '0190a000-0000-4000-8000-000000000001',
  is,
  savedAt,
  foundAt: SAVED,
});

test('R25 of an entry that cannot be read its person is told what it means and what to do', () => {
  expect(lossWords(loss('unreadable', SAVED), ZONE)).toEqual({
    title: 'One unfinished entry of yours on this computer cannot be read.',
    text: 'You saved it last on 24 November 2026 08:50. Its file is damaged, or somebody has changed it. It was not submitted: nobody has been told of it. Write it again if it still matters. The damaged entry is kept. Tell whoever looks after your school’s computers.',
  });
});

test('R22 of an older version that was put back its person is told when they had saved the newest', () => {
  expect(lossWords(loss('put-back', SAVED), ZONE).text).toMatch(
    /^What you saved on 24 November 2026 08:50 is not here any more\. /,
  );
  expect(olderWords({ older: { newestSavedAt: SAVED } }, ZONE)).toBe(
    'an older version: what you saved on 24 November 2026 08:50 is not here any more',
  );
  expect(olderWords({ older: { newestSavedAt: null } }, ZONE)).toBe(
    'an older version, or one that you had discarded or submitted',
  );
  expect(olderWords({ older: null }, ZONE)).toBeNull();
});

test('R22, R25 every kind of loss has words of its own, also where the time is not known', () => {
  const titles = DraftLoss.shape.is.options.map((is) => {
    const { title, text } = lossWords(loss(is, null), ZONE);
    expect(text).not.toMatch(/null|undefined|saved it last/);
    expect(text).toMatch(/Tell whoever looks after your school’s computers\.$/);
    return title;
  });
  expect(new Set(titles).size).toBe(DraftLoss.shape.is.options.length);
});
