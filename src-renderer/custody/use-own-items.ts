/** The person's own entries on this computer, followed closely while one of them is on its way. */
import { useQuery } from '@tanstack/react-query';
import type { OwnItem } from '../../src-shared/vault.ts';
import { askOrThrow, type AskFailed } from '../app/use-ask.ts';
import { isUndelivered } from './custody.ts';

/** Main tells of every change of the queue; this is for a step that it does not tell of. */
const LOOK_AGAIN_MS = 2_000;

const NONE: readonly OwnItem[] = [];

export function useOwnItems(): readonly OwnItem[] {
  const query = useQuery<{ items: OwnItem[] }, AskFailed>({
    queryKey: ['listOwnItems', {}],
    queryFn: () => askOrThrow('listOwnItems', {}),
    refetchInterval: ({ state }) =>
      state.data?.items.some(isUndelivered) === true ? LOOK_AGAIN_MS : false,
  });
  return query.data?.items ?? NONE;
}
