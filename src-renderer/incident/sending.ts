/**
 * How far an entry has come. One that is on its way is another thing than one being written: it
 * holds the very submission, so that a retry sends the same bytes under the same id and the school
 * has it once, however often it is sent (R73).
 */
import type { Failure } from '../app/use-ask.ts';
import type { Submission } from '../../src-shared/contract/submission.ts';

export type Sending<S extends Submission> =
  | { readonly is: 'writing' }
  | { readonly is: 'sending'; readonly submission: S }
  /** Stays until something is changed in the form: trying again sends the same. */
  | { readonly is: 'failed'; readonly submission: S; readonly failure: Failure };

/** What is sent by a press of the button; null while it is on its way already. */
export function nextToSend<S extends Submission>(sending: Sending<S>, built: () => S): S | null {
  switch (sending.is) {
    case 'writing':
      return built();
    case 'sending':
      return null;
    case 'failed':
      return sending.submission;
  }
}
