/** `session.protocol`, and the module `protocol`, which is the default session's. */
import { addScheme, isKnownScheme } from '../chromium/addresses.ts';
import { app } from './app.ts';
import { HonestObject } from './honest.ts';

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type ProtocolApi = Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'>;

export class Protocol extends HonestObject implements ProtocolApi {
  #handlers = new Map<string, ProtocolHandler>();

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!isKnownScheme(scheme)) {
      throw new Error(
        `not in the stand-in: a handler for '${scheme}', which is not registered as privileged and standard`,
      );
    }
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** For the network: the handler of a scheme, if there is one. */
  handlerOf(scheme: string): ProtocolHandler | undefined {
    return this.#handlers.get(scheme);
  }
}

let registered = false;

export function registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
  if (app.isReady())
    throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  if (registered)
    throw new Error('not in the stand-in: a second protocol.registerSchemesAsPrivileged');
  registered = true;
  for (const { scheme, privileges } of schemes) {
    // An https page is both: a scheme that is not cannot be imitated.
    if (!privileges?.standard || !privileges.secure) {
      throw new Error(
        `not in the stand-in: scheme '${scheme}' without the privileges standard and secure`,
      );
    }
    addScheme(scheme);
  }
}
