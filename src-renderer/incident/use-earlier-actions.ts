/** The actions before those that came with an incident (S13): asked for by a press, page by page. */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AskReply } from '../../src-shared/bridge.ts';
import type { Action, ActionId } from '../../src-shared/contract/action.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { askOrThrow, type AskFailed, type Failure } from '../app/use-ask.ts';

type Page = AskReply<'readEarlierActions'>;

export interface EarlierActions {
  /** Those that were asked for and have come, in the order they were submitted. */
  readonly actions: readonly Action[];
  /** How many there are before those. */
  readonly left: number;
  readonly isWaiting: boolean;
  /** Why the newest ask failed; null where it did not. */
  readonly failure: Failure | null;
  readonly showMore: () => void;
  readonly askAgain: () => void;
}

/** Under the incident's own `openingId`: reading on is no opening of its own (R68). */
export function useEarlierActions(incident: Incident, openingId: string): EarlierActions {
  const client = useQueryClient();
  const [wanted, setWanted] = useState(0);
  const keyOf = (before: ActionId) =>
    ['readEarlierActions', { incidentId: incident.id, openingId, before }] as const;
  // Each page names where the next one begins, so that a page is asked for when the one after it came.
  const asked: ActionId[] = [];
  let next = incident.earlierActions;
  while (next !== null && asked.length < wanted) {
    asked.push(next.before);
    next = client.getQueryData<Page>(keyOf(next.before))?.earlierActions ?? null;
  }
  const pages = useQueries({
    queries: asked.map((before) => ({
      queryKey: keyOf(before),
      queryFn: () => askOrThrow('readEarlierActions', keyOf(before)[1]),
    })),
  });
  const newest = pages.at(-1);
  const lastThere = pages.findLast(({ data }) => data !== undefined)?.data;
  const end = lastThere === undefined ? incident.earlierActions : lastThere.earlierActions;
  const failed =
    newest?.data === undefined ? (newest?.error as AskFailed | null | undefined) : null;
  return {
    actions: pages.toReversed().flatMap(({ data }) => data?.actions ?? []),
    left: end?.count ?? 0,
    isWaiting: newest?.isPending ?? false,
    failure: failed?.failure ?? null,
    showMore: () => setWanted(asked.length + 1),
    askAgain: () => void newest?.refetch(),
  };
}
