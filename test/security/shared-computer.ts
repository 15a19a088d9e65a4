/**
 * `npm run shared-computer`: the story and the attacks of `shared-run.ts`, the figures as JSON in
 * the last line. Exits 1 where anything of A's was found or an attack succeeded, and says which.
 * Needs Linux, and the right to read the memory of its own child processes.
 */
import { numbersFrom } from '../chaos/options.ts';
import { runSharedComputer } from './shared-run.ts';

const { seed } = numbersFrom({ seed: 1 });
const { found, ...result } = await runSharedComputer(seed);
for (const what of found) process.stderr.write(`found: ${what}\n`);
const { hits, succeeded, keysInMemory, textsInVault, vaultsLeft, controls } = result;
if (hits + succeeded + keysInMemory + textsInVault + vaultsLeft > 0 || !controls) {
  process.exitCode = 1;
}
process.stdout.write(`${JSON.stringify(result)}\n`);
