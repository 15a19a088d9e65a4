/** Electron's `ipcMain`, and what happens when a page's message arrives. */
import { codec } from './node-codec.ts';
import { clone, HonestEmitter, makeEvent } from './honest.ts';
import type { WebContents } from './web-contents.ts';
import type { WebFrameMain } from './web-frame-main.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
type IpcMainApi = Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>;

class IpcMain extends HonestEmitter implements IpcMainApi {
  #handlers = new Map<string, Handler>();

  constructor() {
    super('ipcMain', null);
  }

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') {
      throw new Error(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** For this file: the handler of a channel, if there is one. */
  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}

export const ipcMain = new IpcMain();

/** A message as the preload's world sends it (page/isolated-world.ts). */
export interface PageMessage {
  kind: 'send' | 'invoke';
  id: number;
  channel: string;
  args: string;
}

/** Gives a message to its listeners or its handler; `reply` carries text back to the same document. */
export function receiveMessage(
  sender: WebContents,
  frame: WebFrameMain,
  message: PageMessage,
  reply: (text: string) => void,
): void {
  const args = codec.decode(message.args) as unknown[];
  const event = makeEvent({
    type: 'frame' as const,
    sender,
    frameId: frame.isDestroyed() ? -1 : frame.routingId,
    processId: frame.isDestroyed() ? -1 : frame.processId,
    ports: [],
    // Read at the time of asking: null once the frame has navigated or gone.
    get senderFrame() {
      return frame.isDestroyed() ? null : frame;
    },
    reply(channel: string, ...values: unknown[]) {
      reply(JSON.stringify({ kind: 'send', channel, args: codec.encode(clone(values)) }));
    },
  });
  if (message.kind === 'send') {
    ipcMain.emit(message.channel, event, ...args);
    return;
  }
  void answer(event as unknown as Electron.IpcMainInvokeEvent, message, args).then(reply);
}

async function answer(
  event: Electron.IpcMainInvokeEvent,
  message: PageMessage,
  args: unknown[],
): Promise<string> {
  const { id, channel } = message;
  try {
    const handler = ipcMain.handlerOf(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const result: unknown = await handler(event, ...args);
    return JSON.stringify({ kind: 'answer', id, args: codec.encode(clone(result)) });
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return JSON.stringify({ kind: 'answer', id, error: String(error) });
  }
}
