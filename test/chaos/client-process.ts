/**
 * A process that hosts clients, as the program's main process hosts one: it can be killed, and all
 * that is in its memory is lost with it. Forked by `client-handle.ts`, which it answers.
 */
import { mkdirSync } from 'node:fs';
import { openClient, type Client, type ClientParts } from './client.ts';
import type { ClientMessage, ClientReply } from './client-handle.ts';

const clients = new Map<string, Client>();

process.on('message', (message: ClientMessage) => {
  void answer(message).then((value) => {
    const reply: ClientReply = { number: message.number, value };
    process.send?.(reply);
  });
});
// Its parent has gone: nobody would ever end it.
process.on('disconnect', () => process.exit(0));

async function answer({ client, name, request }: ClientMessage): Promise<unknown> {
  if (name === 'open') {
    const parts = request as ClientParts;
    mkdirSync(parts.folder, { recursive: true });
    clients.set(client, openClient(parts));
    return null;
  }
  const here = clients.get(client);
  if (here === undefined) throw new Error(`no client ${client}`);
  switch (name) {
    case 'close':
      clients.delete(client);
      await here.close();
      return null;
    case 'vaultPid':
      return here.vaultPid();
    case 'waiting': {
      // The vault's own word: the courier hears of what was just queued a moment later.
      const listed = await here.school.vault.ask('listWaiting', {});
      return { known: listed.ok, count: listed.ok ? listed.value.items.length : 1 };
    }
    case 'link':
      return here.school.watch.state;
    case 'vault': {
      const [ask, asked] = request as [Parameters<Client['school']['vault']['ask']>[0], never];
      return await here.school.vault.ask(ask, asked);
    }
    case 'wokeUp':
      here.school.wokeUp();
      return null;
    case 'round':
      await here.school.rounds.go();
      return null;
    default:
      return await here.ask(name, request);
  }
}
