/**
 * `npm run server -- COMMAND`: what an administrator does with a school's server. Each command is a
 * file in cli/; here is only which there are, and how a failure is told.
 */
import { initCommand } from './cli/init.ts';
import { inviteCommand } from './cli/invite.ts';
import { renewCommand } from './cli/renew-certificate.ts';
import { schoolFileCommand } from './cli/school-file.ts';
import { startCommand } from './cli/start.ts';
import { CommandFault, USAGE, type Command } from './cli/command.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  init: initCommand,
  start: startCommand,
  'school-file': schoolFileCommand,
  invite: inviteCommand,
  'renew-certificate': renewCommand,
};

const [name, ...rest] = process.argv.slice(2);
// What the server makes is for its own user alone (keys, database, configuration).
process.umask(0o077);

if (name === undefined || name === 'help' || name === '--help') {
  process.stdout.write(USAGE);
  process.exitCode = name === undefined ? 2 : 0;
} else {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (command === undefined) throw new CommandFault(`There is no command "${name}".`, USAGE);
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
