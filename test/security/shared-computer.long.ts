/** R20, R24, R85, T1: as `npm run shared-computer` runs it. */
import { expect, test } from 'vitest';
import { runSharedComputer } from './shared-run.ts';

test.runIf(process.platform === 'linux')(
  'T1 nothing of A’s is found, and no attack with all files and two passwords succeeds',
  { timeout: 300_000 },
  async () => {
    const result = await runSharedComputer(7);
    expect(result).toMatchObject({
      hits: 0,
      succeeded: 0,
      keysInMemory: 0,
      textsInVault: 0,
      vaultsLeft: 0,
      found: [],
      controls: true,
    });
    // Main and the vault of the lock page, at least.
    expect(result.processesScanned).toBeGreaterThanOrEqual(2);
    expect(result.attacks).toBeGreaterThan(20);
    expect(result.filesScanned).toBeGreaterThan(8);
  },
);
