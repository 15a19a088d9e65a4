/** That what was saved on this computer was damaged (R25): before signing in, and on the dashboard. */
import type { ComputerView } from '../../src-shared/bridge.ts';
import { useAsk } from '../app/use-ask.ts';
import { Notice } from '../design/notice.tsx';

export function StoreDamaged(props: { readonly computer: Pick<ComputerView, 'wasStoreDamaged'> }) {
  return props.computer.wasStoreDamaged ? (
    <Notice tone="warning" title="What was saved on this computer was damaged.">
      Meadowlark has kept all of it that can be read, and the damaged file. If you have written here
      in the last days, look under Unfinished and My History: what is in neither is lost, and nobody
      has been told of it. Write it again, and tell IT.
    </Notice>
  ) : null;
}

export function StoreDamagedHere() {
  const { value } = useAsk('readComputer', {});
  return value === undefined ? null : <StoreDamaged computer={value} />;
}
