/**
 * One window's page in Chromium: puts the bridge and the preload into each of its documents and
 * tells what happens there. It knows the protocol and nothing of Electron.
 */
import { makeBridgeEnd } from '../page/bridge.ts';
import { makeCodec } from '../page/codec.ts';
import { enterIsolatedWorld, type IsolatedWorldSettings } from '../page/isolated-world.ts';
import { enterMainWorld } from '../page/main-world.ts';
import { guardPermissions } from '../page/permissions.ts';
import type { DevTools } from './devtools.ts';
import type { EventParameters, Frame, RemoteObject } from './protocol.ts';

export interface PageEvents {
  /** A document has taken the place of another one in a frame. */
  navigated(frame: Frame): void;
  /** The address changed without a new document. */
  addressChanged(frameId: string, url: string): void;
  /** The page itself, by a link or a script, is about to go somewhere. */
  navigationRequested(frameId: string, url: string): void;
  frameAttached(frameId: string): void;
  frameDetached(frameId: string): void;
  /** 'DOMContentLoaded', 'load', 'firstContentfulPaint', ... of a frame. */
  lifecycle(name: string, frameId: string, loaderId: string): void;
  /** Text from the preload's world of a document; `reply` goes back to the same document. */
  message(text: string, reply: (text: string) => void): void;
  windowOpen(opened: EventParameters['Page.windowOpen']): void;
  consoleMessage(level: string, text: string, source: string, line: number): void;
  beforeUnloadAsked(): boolean;
  crashed(): void;
}

export interface PagePreload {
  path: string | null;
  source: string | null;
  error: string | null;
}

const world = 'Electron Isolated Context';
const binding = '__toNode';
const receiver = '__fromNode';

export class Page {
  readonly targetId: string;
  readonly sessionId: string;
  #devTools: DevTools;
  #events: PageEvents;
  /** The preload's world of the present document of the top frame. */
  #context: number | null = null;

  constructor(
    devTools: DevTools,
    target: { targetId: string; sessionId: string },
    events: PageEvents,
  ) {
    this.#devTools = devTools;
    this.targetId = target.targetId;
    this.sessionId = target.sessionId;
    this.#events = events;
    this.#listen();
  }

  /** Prepares every later document of the page, then lets it run. */
  async prepare(preload: PagePreload): Promise<void> {
    await Promise.all([
      this.send('Page.enable'),
      this.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      this.send('Runtime.enable'),
      this.send('Runtime.addBinding', { name: binding, executionContextName: world }),
      // The order counts: the page's half of the bridge waits for the preload's.
      this.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript() }),
      this.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedWorldScript(preload),
        worldName: world,
      }),
      this.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  send: DevTools['send'] = (method, parameters) =>
    this.#devTools.send(method, parameters, this.sessionId);

  /** Gives text to the preload's world of the present document; lost if there is none. */
  post(text: string): void {
    if (this.#context !== null) this.#postTo(this.#context, text);
  }

  close(): void {
    this.#devTools.send('Target.closeTarget', { targetId: this.targetId }).catch(() => {});
    this.#devTools.forget(this.sessionId);
  }

  #postTo(executionContextId: number, text: string): void {
    this.send('Runtime.callFunctionOn', {
      functionDeclaration: `function (text) { globalThis.${receiver}?.(text) }`,
      arguments: [{ value: text }],
      executionContextId,
      // The document may have gone meanwhile: the message is dropped, as in Electron.
    }).catch(() => {});
  }

  #listen(): void {
    const on: DevTools['on'] = (name, _session, listener) =>
      this.#devTools.on(name, this.sessionId, listener);
    const session = this.sessionId;
    on('Page.frameNavigated', session, ({ frame }) => this.#events.navigated(frame));
    on('Page.navigatedWithinDocument', session, ({ frameId, url }) =>
      this.#events.addressChanged(frameId, url),
    );
    on('Page.frameRequestedNavigation', session, ({ frameId, url }) =>
      this.#events.navigationRequested(frameId, url),
    );
    on('Page.frameAttached', session, ({ frameId }) => this.#events.frameAttached(frameId));
    on('Page.frameDetached', session, ({ frameId }) => this.#events.frameDetached(frameId));
    on('Page.lifecycleEvent', session, ({ name, frameId, loaderId }) =>
      this.#events.lifecycle(name, frameId, loaderId),
    );
    on('Page.windowOpen', session, (opened) => this.#events.windowOpen(opened));
    on('Page.javascriptDialogOpening', session, ({ type }) => {
      // Nobody can answer a message box here; leaving a page is the program's decision.
      const accept = type === 'beforeunload' && this.#events.beforeUnloadAsked();
      this.send('Page.handleJavaScriptDialog', { accept }).catch(() => {});
    });
    on('Inspector.targetCrashed', session, () => this.#events.crashed());
    on('Runtime.executionContextCreated', session, ({ context }) => {
      if (context.name === world && context.auxData?.frameId === this.targetId)
        this.#context = context.id;
    });
    on('Runtime.executionContextDestroyed', session, ({ executionContextId }) => {
      if (this.#context === executionContextId) this.#context = null;
    });
    on('Runtime.bindingCalled', session, ({ name, payload, executionContextId }) => {
      if (name === binding)
        this.#events.message(payload, (text) => this.#postTo(executionContextId, text));
    });
    on('Runtime.consoleAPICalled', session, ({ type, args, stackTrace }) => {
      const text = args.map(describe).join(' ');
      const place = stackTrace?.callFrames[0];
      this.#events.consoleMessage(type, text, place?.url ?? '', (place?.lineNumber ?? -1) + 1);
    });
    on('Runtime.exceptionThrown', session, ({ exceptionDetails }) => {
      const { text, exception, url, lineNumber } = exceptionDetails;
      this.#events.consoleMessage(
        'error',
        exception?.description ?? text,
        url ?? '',
        lineNumber + 1,
      );
    });
  }
}

/** One argument of a console call, as words. */
function describe({ type, value, unserializableValue, description }: RemoteObject): string {
  if (typeof value === 'string') return value;
  return value === undefined ? (unserializableValue ?? description ?? type) : JSON.stringify(value);
}

const names = { ask: `ask-${crypto.randomUUID()}`, hand: `hand-${crypto.randomUUID()}` };

function mainWorldScript(): string {
  return `(${enterMainWorld.toString()})(${makeBridgeEnd.toString()}, ${guardPermissions.toString()}, ${JSON.stringify(names)})`;
}

function isolatedWorldScript(preload: PagePreload): string {
  const settings: IsolatedWorldSettings = {
    ...names,
    binding,
    receiver,
    platform: process.platform,
    versions: {
      electron: process.versions['electron'] ?? '',
      chrome: process.versions['chrome'] ?? '',
      node: process.versions.node,
    },
    preloadPath: preload.path,
    preloadError: preload.error,
  };
  const body =
    preload.source === null
      ? 'null'
      : `function (require, process, exports, module, global, setImmediate, clearImmediate) {${preload.source}\n}`;
  return `(${enterIsolatedWorld.toString()})(${makeBridgeEnd.toString()}, ${makeCodec.toString()}, ${JSON.stringify(settings)}, ${body})`;
}
