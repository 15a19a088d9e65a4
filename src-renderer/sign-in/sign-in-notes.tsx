/** What whoever signs in should know first: what offline means, and what IT has to put right. */
import type { ComputerView } from '../../src-shared/bridge.ts';
import { OFFLINE_DAYS } from '../../src-shared/vault.ts';
import { useAsk } from '../app/use-ask.ts';
import { Notice } from '../design/notice.tsx';

export function SignInNotes(props: { readonly computer: ComputerView }) {
  const { policy, isFolderLasting } = props.computer;
  const { value: link } = useAsk('readLink', {});
  return (
    <>
      {policy === 'wrong' ? (
        <Notice tone="warning" title="IT’s settings for this computer cannot be read.">
          Meadowlark works with its strictest ones until they are put right. Tell IT.
        </Notice>
      ) : null}
      {isFolderLasting ? null : (
        <Notice tone="warning" title="This computer forgets what is saved on it.">
          What you type and do not submit can be gone after you leave. Submit before you log out,
          and tell IT.
        </Notice>
      )}
      <output>
        {link === 'offline' || link === 'not-trusted' ? (
          <Notice tone="info" title="You can work offline.">
            If you have used this computer in the last {OFFLINE_DAYS} days, sign in as usual. What
            you write is saved, and what you submit is sent by itself. Alerts and incidents can be
            read once the school’s server is reached again.
          </Notice>
        ) : null}
      </output>
    </>
  );
}
