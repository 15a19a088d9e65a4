import { afterEach, describe, expect, test, vi } from 'vitest';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { place, PLACES } from '../app/go.ts';
import { useToasts } from '../design/toast.tsx';
import { returnTo } from './whereabouts.tsx';

const DRAFT = SubmissionId.parse('01936f00-0000-7000-8000-000000000001');

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  useToasts.getState().hide();
});

/** What main answers; gives back where the page goes. */
function mainAnswers(readDraft: unknown) {
  vi.stubGlobal('window', {
    meadowlark: { readDraft: async () => readDraft },
  });
  return vi.spyOn(place, 'navigate');
}

describe('after the password', () => {
  test('a draft that does not open any more leads to the dashboard, and it is said', async () => {
    const gone = mainAnswers({ ok: false, code: 'not-found' });
    await returnTo({ route: PLACES.addIncident, draftId: DRAFT });
    expect(gone.mock.lastCall).toEqual([PLACES.dashboard]);
    expect(useToasts.getState().toast?.text).toMatch(/could not be opened again/);
  });

  test('without a draft the page is the one before, and nothing is said', async () => {
    const gone = mainAnswers({ ok: false, code: 'not-found' });
    await returnTo({ route: PLACES.account, draftId: null });
    expect(gone.mock.lastCall).toEqual([PLACES.account]);
    expect(useToasts.getState().toast).toBeNull();
  });
});
