/** What a person is told before they leave with something unfinished (guide 9). */
import { listed } from '../app/kept-forms.ts';

export interface Leaving {
  /** What stands in the page: "your incident". */
  readonly unsent: readonly string[];
  /** How many drafts there are here in all, those in the page among them. */
  readonly drafts: number;
  /** Everything in the page is on the disk; null until that is known. */
  readonly isAllSaved: boolean | null;
}

export function leaveWords({ unsent, drafts, isAllSaved }: Leaving): string {
  if (isAllSaved === null) return 'What you typed is being saved.';
  if (!isAllSaved) {
    return `What you typed in ${listed(unsent)} could not be saved on this computer. It is only in this window, and will be lost.`;
  }
  const what =
    drafts > unsent.length || unsent.length === 0
      ? `You have ${drafts} unfinished ${drafts === 1 ? 'entry' : 'entries'} here. ${drafts === 1 ? 'It is' : 'They are'} saved on this computer, for you alone.`
      : `What you typed in ${listed(unsent)} is saved on this computer, for you alone.`;
  const them = what.includes('entries') ? 'them' : 'it';
  return `${what} You find ${them} under Unfinished when you sign in here again.`;
}
