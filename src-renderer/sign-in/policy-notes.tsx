/** What is wrong with IT's policy of this computer: for staff that it is IT's, for IT what it is. */
import type { ComputerView, PolicyFault } from '../../src-shared/bridge.ts';
import { Notice } from '../design/notice.tsx';

const WHY: Readonly<Record<PolicyFault['why'], string>> = {
  'not-readable': 'cannot be read',
  'not-roots': 'does not belong to root alone',
  'too-large': 'is too large',
  'not-json': 'is not JSON',
  'unknown-key': 'is no key of a policy',
  'not-an-absolute-path': 'is not an absolute path',
  'not-true-or-false': 'is neither true nor false',
  'not-1-to-15': 'is not a whole number from 1 to 15',
  'not-usable': 'names a folder that cannot be used',
  'open-to-others': 'names a folder that another account owns or may write to',
  'left-out': 'is left out, so the folder that an earlier policy named is kept',
};

export function PolicyNotes(props: { readonly computer: ComputerView }) {
  const { policyFaults, isDataFolderAway } = props.computer;
  if (policyFaults.length === 0 && !isDataFolderAway) return null;
  return (
    <Notice
      tone="warning"
      title={
        isDataFolderAway
          ? 'What was saved on this computer before may not be shown.'
          : 'IT’s settings for this computer are not right.'
      }
    >
      {isDataFolderAway
        ? 'The folder that it lies in cannot be used now. It is not lost, and it waits there unsent. Meadowlark works meanwhile, in another folder. Tell IT.'
        : 'Meadowlark works as usual, and what is saved here stays where it is. Tell IT.'}
      {policyFaults.length === 0 ? null : <p>For IT: {policyFaults.map(inWords).join('; ')}.</p>}
    </Notice>
  );
}

function inWords({ key, why }: PolicyFault): string {
  return `${key} ${WHY[why]}`;
}
