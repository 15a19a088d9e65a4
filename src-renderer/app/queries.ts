/** What the page keeps of the server's answers: in memory, as long as it is shown, and no longer. */
import { QueryClient } from '@tanstack/react-query';
import type { AskReply } from '../../src-shared/bridge.ts';
import { useSessionStore } from '../session/session-store.ts';
import { listen } from './ask.ts';

/** Answers that no screen shows any more are dropped after this; reading leaves nothing behind. */
const KEPT_UNSEEN_MS = 60_000;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Main knows whether the server is there; the browser's own guess is about the network card.
        networkMode: 'always',
        retry: false,
        gcTime: KEPT_UNSEEN_MS,
        staleTime: 0,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/**
 * Asks again for what is shown when main tells that something changed, and when the server is
 * reached again; ends the session in the page when main tells so; forgets everything at sign-out.
 */
export function refreshOnTellings(client: QueryClient): () => void {
  const endings = [
    listen('changed', () => void client.invalidateQueries()),
    listen('link', (link) => {
      const before = client.getQueryData(['readLink', {}]);
      client.setQueryData(['readLink', {}], link);
      if (link === 'online' && before !== undefined && before !== 'online') {
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'readLink' });
      }
    }),
    listen('waiting', (waiting) => {
      client.setQueryData(['readWaiting', {}], waiting);
      for (const list of ['listOwnItems', 'listWaiting', 'listHistory']) {
        void client.invalidateQueries({ queryKey: [list] });
      }
    }),
    listen('sessionEnded', () => useSessionStore.getState().end()),
    useSessionStore.subscribe(({ state }, { state: before }) => {
      if (state.is === 'signed-out') client.clear();
      if (state.is === 'signed-in' && before.is === 'ended') void client.invalidateQueries();
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
}

/** How many unfinished entries the person who is signed in has here, as far as the page was told. */
export function countDrafts(client: QueryClient): number {
  if (useSessionStore.getState().state.is !== 'signed-in') return 0;
  const known = client.getQueryData<AskReply<'listDrafts'>>(['listDrafts', {}]);
  return known?.drafts.length ?? 0;
}
