/** "Nobody has been alerted yet": whom to tell meanwhile (guide 9). */
import { useSession } from '../session/session-store.ts';

export function NobodyAlerted() {
  const { safeguardingContact } = useSession().school;
  return (
    <>
      Nobody has been alerted yet. If a child may be at risk now, tell {safeguardingContact.name},{' '}
      {safeguardingContact.number}. Leave this computer on.
    </>
  );
}
