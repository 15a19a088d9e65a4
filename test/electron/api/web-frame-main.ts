/** A frame as main sees it: one object for each document, dead once that document has gone. */
import { originFromChromium, fromChromium } from '../chromium/addresses.ts';
import type { Frame } from '../chromium/protocol.ts';
import { HonestEmitter } from './honest.ts';

type FrameApi = Pick<
  Electron.WebFrameMain,
  | 'url'
  | 'origin'
  | 'name'
  | 'detached'
  | 'frameTreeNodeId'
  | 'processId'
  | 'routingId'
  | 'isDestroyed'
>;

let lastNumber = 0;

export class WebFrameMain extends HonestEmitter implements FrameApi {
  readonly #frame: Frame;
  readonly #parent: WebFrameMain | null;
  readonly #number = ++lastNumber;
  #disposed = false;

  constructor(frame: Frame, parent: WebFrameMain | null) {
    super('WebFrameMain', ['dom-ready']);
    this.#frame = frame;
    this.#parent = parent;
  }

  get url(): string {
    return fromChromium(this.#alive().url).address;
  }

  /** As Chromium writes it: `app://main`, or "null". */
  get origin(): string {
    return originFromChromium(this.#alive().securityOrigin);
  }

  get name(): string {
    return this.#alive().name ?? '';
  }

  get parent(): WebFrameMain | null {
    this.#alive();
    return this.#parent;
  }

  get top(): WebFrameMain {
    this.#alive();
    return this.#parent?.top ?? this;
  }

  get detached(): boolean {
    return false;
  }

  get frameTreeNodeId(): number {
    return this.#number;
  }

  get processId(): number {
    return this.#number;
  }

  get routingId(): number {
    return this.#number;
  }

  isDestroyed(): boolean {
    return this.#disposed;
  }

  /** For WebContents: the document has gone. */
  dispose(): void {
    this.#disposed = true;
  }

  #alive(): Frame {
    if (this.#disposed)
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    return this.#frame;
  }
}
