/** What whoever signs in should know first: what offline means, and what IT has to put right. */
import type { ComputerView } from '../../src-shared/bridge.ts';
import { OFFLINE_DAYS } from '../../src-shared/vault.ts';
import { useAsk } from '../app/use-ask.ts';
import { StoreDamaged } from '../custody/store-damaged.tsx';
import { Notice } from '../design/notice.tsx';
import { PolicyNotes } from './policy-notes.tsx';

const OFFLINE = `If you have used this computer in the last ${OFFLINE_DAYS} days, sign in as usual. What you write is saved, and what you submit is sent by itself. Alerts and incidents can be read once the school’s server is reached again.`;

export function SignInNotes(props: { readonly computer: ComputerView }) {
  const { isFolderLasting } = props.computer;
  const { value: link } = useAsk('readLink', {});
  return (
    <>
      <PolicyNotes computer={props.computer} />
      <StoreDamaged computer={props.computer} />
      {isFolderLasting ? null : (
        <Notice tone="warning" title="This computer forgets what is saved on it.">
          What you type and do not submit can be gone after you leave. Submit before you log out,
          and tell IT.
        </Notice>
      )}
      <output>
        {link === 'not-trusted' ? (
          <Notice tone="warning" title="What answers here is not the school’s server.">
            Its certificate does not match this computer’s school file, so nothing is sent to it,
            and no password. Tell IT. {OFFLINE}
          </Notice>
        ) : null}
        {link === 'offline' ? (
          <Notice tone="info" title="You can work offline.">
            {OFFLINE}
          </Notice>
        ) : null}
      </output>
    </>
  );
}
