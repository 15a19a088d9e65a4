/** What the host needs of the vault's process; Electron's utilityProcess gives it, tests use Node's fork. */
import type { VaultMessage } from '../../src-shared/vault.ts';

export interface VaultProcess {
  /** After the process has ended it is dropped silently, as in Electron. */
  readonly post: (message: VaultMessage) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, when the process no longer exists: until then it holds the keys. */
  readonly onExit: (listener: () => void) => void;
  /** Ends it, also where it has not quite begun; `onExit` follows. */
  readonly kill: () => void;
}
