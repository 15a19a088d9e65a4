/** Which form stands on which page: the incident's on its own, an action's below its incident. */
import { useLocation } from 'wouter';
import { actionKey } from '../action/action-form.ts';
import { PLACES } from '../app/go.ts';
import { INCIDENT_KEY } from '../incident/incident-form.ts';

/** The key among the kept forms; null where the page has no form. */
export function formAt(route: string): string | null {
  if (route === PLACES.addIncident) return INCIDENT_KEY;
  const [, id] = /^\/incidents\/([0-9a-f-]{36})$/.exec(route) ?? [];
  return id === undefined ? null : actionKey(id);
}

export function useFormHere(): string | null {
  const [route] = useLocation();
  return formAt(route);
}
