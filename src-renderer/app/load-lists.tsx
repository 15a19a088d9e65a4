/**
 * Asks at sign-in for the lists that forms are filled in with. Main keeps them under the person's
 * key, so that typing goes on if the server goes away before any form was opened (R28).
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useRoster } from '../student/roster.ts';
import { askOrThrow } from './use-ask.ts';

const LISTS = ['listCategories', 'listStaff', 'listGroups', 'listAgencies'] as const;

export function LoadedLists() {
  const client = useQueryClient();
  useRoster();
  useEffect(() => {
    for (const list of LISTS) {
      // A list that does not come is asked for again by the form that needs it, which also says so.
      void client.prefetchQuery({ queryKey: [list, {}], queryFn: () => askOrThrow(list, {}) });
    }
  }, [client]);
  return null;
}
