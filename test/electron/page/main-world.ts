/**
 * The half of the bridge in the page's own world. It runs before the page's first script, hands a
 * detached node to the preload's world, and puts on `window` what the preload exposes.
 * Self-contained: its text is injected.
 */
import type { BridgeEnd } from './bridge.ts';
import type { PermissionQuestion } from './permissions.ts';

export interface MainWorldNames {
  /** Event by which the preload's world asks for the node, and by which it gets it. */
  ask: string;
  hand: string;
}

export function enterMainWorld(
  makeBridgeEnd: (node: EventTarget, receive: string, send: string) => BridgeEnd,
  guardPermissions: (ask: (question: PermissionQuestion) => Promise<boolean>) => void,
  names: MainWorldNames,
): void {
  if (window.top !== window) return;
  const { Object, ArrayBuffer, Promise } = globalThis;
  const node = document.createComment('');
  const end = makeBridgeEnd(node, 'to-main', 'to-isolated');

  function freeze(value: unknown, frozen: Set<unknown>): void {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
    if (ArrayBuffer.isView(value) || frozen.has(value)) return;
    frozen.add(value);
    for (const key of Object.getOwnPropertyNames(value)) {
      freeze(Object.getOwnPropertyDescriptor(value, key)?.value, frozen);
    }
    Object.freeze(value);
  }

  let lastQuestion = 0;
  const questions = new Map<number, (allowed: boolean) => void>();
  guardPermissions((question) => {
    const id = ++lastQuestion;
    return new Promise((resolve) => {
      questions.set(id, resolve);
      end.send({ kind: 'permission', id, question });
    });
  });

  // The preload's half checks the name first: both worlds see different properties of `window`.
  end.onMessage((message) => {
    if (message['kind'] === 'has') {
      end.send({ kind: 'has', result: (message['key'] as string) in window });
    } else if (message['kind'] === 'expose') {
      const api = end.unwrap(message['api']);
      freeze(api, new Set());
      Object.defineProperty(window, message['key'] as string, {
        value: api,
        writable: false,
        enumerable: true,
        configurable: false,
      });
      end.send({ kind: 'exposed' });
    } else if (message['kind'] === 'permitted') {
      const id = message['id'] as number;
      questions.get(id)?.(message['allowed'] === true);
      questions.delete(id);
    }
  });

  const asked = (): void => {
    window.removeEventListener(names.ask, asked, true);
    window.dispatchEvent(new MouseEvent(names.hand, { relatedTarget: node }));
  };
  window.addEventListener(names.ask, asked, true);

  void [Array, Promise, Error, DOMException, Notification, Map];
}
