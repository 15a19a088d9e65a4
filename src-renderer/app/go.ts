/** Where the person is. There is no address bar: places live in memory and end with the window. */
import { memoryLocation } from 'wouter/memory-location';

export const PLACES = {
  dashboard: '/',
  addIncident: '/incidents/add',
  account: '/account',
  userGuide: '/help/user-guide',
  frequentQuestions: '/help/frequent-questions',
  contactSupport: '/help/contact-support',
  waiting: '/waiting',
  incident: (incidentId: string) => `/incidents/${encodeURIComponent(incidentId)}`,
} as const;

export const place = memoryLocation({ path: PLACES.dashboard });

/** Goes to one of `PLACES`. What has been typed stays in the page's memory (kept-forms.ts). */
export function go(to: string): void {
  place.navigate(to);
}
