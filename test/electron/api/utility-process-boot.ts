/**
 * Read in a utility process before its program: makes `process.parentPort`. Unlike the parent's
 * `message`, the child's is an event whose `data` is what was posted. The channel itself is hidden,
 * as there is none in Electron.
 */
import { EventEmitter } from 'node:events';

class ParentPort extends EventEmitter {
  readonly #send: (message: unknown) => void;

  constructor(send: (message: unknown) => void) {
    super();
    this.#send = send;
  }

  postMessage(message: unknown): void {
    let copy: unknown;
    try {
      copy = structuredClone(message);
    } catch {
      throw new Error('An object could not be cloned.');
    }
    this.#send(copy);
  }
}

const send = process.send?.bind(process);
const port = new ParentPort((message) => send?.(message));
/** Posted before the program listens: kept until it does. */
let early: unknown[] | null = [];
process.on('message', (data) => {
  if (early === null) port.emit('message', { data, ports: [] });
  else early.push(data);
});
port.on('newListener', (name) => {
  if (name !== 'message' || early === null) return;
  const kept = early;
  early = null;
  setImmediate(() => {
    for (const data of kept) port.emit('message', { data, ports: [] });
  });
});
process.on('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: port });
Object.defineProperty(process, 'send', { value: undefined });
Object.assign(process, { type: 'utility' });
