/**
 * `npm run server -- COMMAND`: what an administrator does with a school's server. Each command is a
 * file in cli/; here is only which there are, and how a failure is told.
 */
import { CommandFault, USAGE, type Command } from './cli/command.ts';

/** Loaded when asked for: `start` need not read what only `init` needs. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./cli/init.ts')).initCommand,
  start: async () => (await import('./cli/start.ts')).startCommand,
  'school-file': async () => (await import('./cli/school-file.ts')).schoolFileCommand,
  invite: async () => (await import('./cli/invite.ts')).inviteCommand,
  import: async () => (await import('./cli/import.ts')).importCommand,
  computers: async () => (await import('./cli/computers.ts')).computersCommand,
  'new-enrolment-code': async () =>
    (await import('./cli/new-enrolment-code.ts')).newEnrolmentCodeCommand,
  'rotate-keys': async () => (await import('./cli/rotate-keys.ts')).rotateKeysCommand,
  'renew-certificate': async () => (await import('./cli/renew-certificate.ts')).renewCommand,
};

const [name, ...rest] = process.argv.slice(2);
// What the server makes is for its own user alone (keys, database, configuration).
process.umask(0o077);

if (name === undefined || name === 'help' || process.argv.includes('--help', 2)) {
  process.stdout.write(USAGE);
  process.exitCode = name === undefined ? 2 : 0;
} else {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (load === undefined) throw new CommandFault(`There is no command "${name}".`, USAGE);
    const command = await load();
    await command(rest);
  } catch (error) {
    if (error instanceof CommandFault) {
      process.stderr.write(`${error.message}\n${error.more === '' ? '' : `\n${error.more}`}`);
      process.exitCode = 2;
    } else {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
