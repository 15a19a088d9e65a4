/** Takes an incident out of the page's memory at once (R44: nothing of it stays after mark as read). */
import type { QueryClient } from '@tanstack/react-query';

export function forgetIncident(client: QueryClient, incidentId: string): void {
  client.removeQueries({
    predicate: ({ queryKey: [name, request] }) =>
      (name === 'readIncident' || name === 'readEarlierActions') &&
      (request as { readonly incidentId?: string } | undefined)?.incidentId === incidentId,
  });
}
