/** Guide, section 9: mark as read waits until the actions that go to that incident have their receipt. */
import { listAlerts } from '../../src-shared/contract/alert.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import { answerFromVault } from '../vault/failure.ts';
import type { Vault } from '../vault/host.ts';
import type { Person } from './person.ts';

/**
 * Whether an action of this person is on its way to the incident that the alert is about. Asked of
 * the vault first: the alerts are only looked up where an action is on its way at all.
 */
export async function isActionOnTheWay(
  alertId: string,
  vault: Vault,
  person: Pick<Person, 'carry'>,
): Promise<Answer<boolean>> {
  const own = await vault.ask('listOwnItems', {});
  if (!own.ok) return answerFromVault(own);
  const incidents = own.value.items
    .filter(({ kind, state }) => kind === 'action' && (state === 'waiting' || state === 'sending'))
    .map(({ incidentId }) => incidentId);
  if (incidents.length === 0) return { ok: true, value: false };
  const listed = await person.carry(listAlerts, {});
  if (!listed.ok) return listed;
  const alert = listed.value.alerts.find(({ id }) => id === alertId);
  return { ok: true, value: alert !== undefined && incidents.includes(alert.incidentId) };
}
