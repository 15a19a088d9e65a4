/**
 * Tells the pages of windows that the stand-in opens from those that a page opened by itself.
 * The latter are closed before they load anything.
 */
import type { DevTools } from './devtools.ts';
import type { TargetInfo } from './protocol.ts';

export interface AttachedTarget {
  targetId: string;
  sessionId: string;
}

export class Targets {
  #devTools: DevTools;
  #expected: ((target: AttachedTarget) => void) | null = null;
  #goneListeners = new Map<string, () => void>();

  constructor(devTools: DevTools) {
    this.#devTools = devTools;
    devTools.on(
      'Target.attachedToTarget',
      undefined,
      ({ sessionId, targetInfo, waitingForDebugger }) => {
        // What we attach to by hand (the window opener's worker) does not wait.
        if (waitingForDebugger) this.#attached(sessionId, targetInfo);
      },
    );
    devTools.on('Target.targetDestroyed', undefined, ({ targetId }) => {
      this.#goneListeners.get(targetId)?.();
      this.#goneListeners.delete(targetId);
    });
  }

  async start(): Promise<void> {
    await Promise.all([
      this.#devTools.send('Target.setDiscoverTargets', { discover: true }),
      this.#devTools.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: 'page' }],
      }),
    ]);
  }

  /** The page of the next window; windows are opened one at a time. */
  expect(): Promise<AttachedTarget> {
    return new Promise((resolve) => {
      this.#expected = resolve;
    });
  }

  onGone(targetId: string, listener: () => void): void {
    this.#goneListeners.set(targetId, listener);
  }

  #attached(sessionId: string, target: TargetInfo): void {
    const expected = this.#expected;
    if (expected && target.openerId === undefined) {
      this.#expected = null;
      expected({ targetId: target.targetId, sessionId });
      return;
    }
    this.#devTools.send('Target.closeTarget', { targetId: target.targetId }).catch(() => {});
    this.#devTools.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => {});
  }
}
