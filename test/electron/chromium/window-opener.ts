/**
 * Opens bare windows. Only an extension can: its popups have neither tab strip nor address bar,
 * any size, and the page's own title.
 */
import { fileURLToPath } from 'node:url';
import type { DevTools } from './devtools.ts';

export interface OpenedIds {
  windowId: number;
  tabId: number;
}

export class WindowOpener {
  #devTools: DevTools;
  #sessionId: Promise<string>;

  constructor(devTools: DevTools) {
    this.#devTools = devTools;
    this.#sessionId = this.#load();
    // Told to whoever opens the first window.
    this.#sessionId.catch(() => {});
  }

  /** Opens a window without history or disk (incognito) at about:blank and gives its ids. */
  async open(bounds: { x: number; y: number; width: number; height: number }): Promise<OpenedIds> {
    const options = {
      url: 'about:blank',
      type: 'popup',
      incognito: true,
      left: bounds.x,
      top: bounds.y,
      width: bounds.width,
      height: bounds.height,
    };
    return this.#run<OpenedIds>(
      `chrome.windows.create(${JSON.stringify(options)})
        .then((made) => ({ windowId: made.id, tabId: made.tabs[0].id }))`,
    );
  }

  async setZoomFactor(tabId: number, factor: number): Promise<void> {
    await this.#run(
      `chrome.tabs.setZoomSettings(${tabId}, { mode: 'automatic', scope: 'per-tab' })
        .then(() => chrome.tabs.setZoom(${tabId}, ${factor}))`,
    );
  }

  /** Allows or blocks for an origin, in memory only; the names are those of chrome.contentSettings. */
  async setContentSettings(origin: string, changes: Record<string, boolean>): Promise<void> {
    await this.#run(
      `Promise.all(Object.entries(${JSON.stringify(changes)}).map(([name, allowed]) => new Promise((resolve) =>
        chrome.contentSettings[name].set({
          primaryPattern: ${JSON.stringify(`${origin}/*`)},
          setting: allowed ? 'allow' : 'block',
          scope: 'incognito_session_only',
        }, () => resolve(chrome.runtime.lastError?.message)))))`,
    );
  }

  async #load(): Promise<string> {
    const path = fileURLToPath(new URL('window-opener', import.meta.url));
    const { id } = await this.#devTools.send('Extensions.loadUnpacked', {
      path,
      enableInIncognito: true,
    });
    const targetId = await this.#findWorker(`chrome-extension://${id}/worker.js`);
    const { sessionId } = await this.#devTools.send('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    for (;;) {
      const ready = await this.#evaluate(
        sessionId,
        "typeof chrome === 'object' && Boolean(chrome.windows)",
      );
      if (ready === true) return sessionId;
    }
  }

  async #findWorker(url: string): Promise<string> {
    for (;;) {
      const { targetInfos } = await this.#devTools.send('Target.getTargets');
      const worker = targetInfos.find(
        (target) => target.type === 'service_worker' && target.url === url,
      );
      if (worker) return worker.targetId;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }

  async #run<Value>(expression: string): Promise<Value> {
    return (await this.#evaluate(await this.#sessionId, expression)) as Value;
  }

  async #evaluate(sessionId: string, expression: string): Promise<unknown> {
    const reply = await this.#devTools.send(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
      sessionId,
    );
    if (reply.exceptionDetails) {
      throw new Error(reply.exceptionDetails.exception?.description ?? reply.exceptionDetails.text);
    }
    return reply.result.value;
  }
}
