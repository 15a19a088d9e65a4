/** "Nobody has been alerted yet": whom to tell meanwhile (guide 9). */
import type { SafeguardingContact } from '../../src-shared/contract/school.ts';
import { useSession } from '../session/session-store.ts';

export function NobodyAlerted() {
  return <NobodyAlertedTell contact={useSession().school.safeguardingContact} />;
}

/** Also for whoever is not signed in. `contact` is null where the school has never been reached. */
export function NobodyAlertedTell(props: { readonly contact: SafeguardingContact | null }) {
  const { contact } = props;
  return (
    <>
      Nobody has been alerted yet. If a child may be at risk now, tell{' '}
      {contact === null ? 'the safeguarding lead in person' : `${contact.name}, ${contact.number}`}.
      Leave this computer on.
    </>
  );
}
