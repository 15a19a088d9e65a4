/** What is said of an action whose incident cannot be opened: the school holds it for the team alone. */
import type { Told } from '../alert/who-is-told.ts';

/** `isOffline`: only the server was not reached; the incident may be there. */
export function strandedWords(isOffline: boolean): string {
  return isOffline
    ? 'This is your unfinished action. Its incident is shown again once the school’s server is reached; you can write on and add the action now.'
    : 'This is your unfinished action. You can write on and submit it: as you cannot open its incident any more, it goes to the safeguarding team alone, who record it as an incident of its own or file it.';
}

/** Nobody whom its author chose, until the team has completed it. */
export function toldOfStranded({ team }: Told): Told {
  return { team, others: [], wouldNotSee: team.filter(({ isKeyUser }) => !isKeyUser) };
}
