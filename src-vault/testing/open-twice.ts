/** Opens a vault in a folder twice, with the system's keychain, and prints both answers as JSON. */
import keytar from 'keytar';
import { TestComputer } from './world.ts';

const [folder = '', id = ''] = process.argv.slice(2);
for (let turn = 0; turn < 2; turn += 1) {
  const computer = new TestComputer(undefined, folder);
  Object.assign(computer, { id });
  computer.parts = { keychain: keytar, keychainMs: { first: 5_000, afterSilence: 1_000 } };
  const reply = await computer.begin();
  await computer.end();
  process.stdout.write(`${JSON.stringify({ ...reply, enrolmentProof: '' })}\n`);
}
