/** `start`: runs the school's server until it is told to stop (SIGTERM, SIGINT). */
import { makeLog } from '../log.ts';
import { startServer } from '../main.ts';
import { CommandFault, folderOf, readOptions, settingsIn, type Command } from './command.ts';

export const startCommand: Command = async (args) => {
  const { values } = readOptions(args, {}, 0);
  const folder = folderOf(values.data);
  const settings = settingsIn(folder);
  const log = makeLog();
  const server = await startServer({ folder, settings, log }).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'EADDRINUSE') {
      throw new CommandFault(
        `Port ${settings.listen.port} is in use: another server runs there, or this one already.`,
      );
    }
    throw error;
  });

  let isStopping = false;
  const stop = () => {
    // A second signal says that whoever stops the server will not wait for it.
    if (isStopping) process.exit(1);
    isStopping = true;
    void server.close().catch(() => {
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};
