/** Opens the channels of the bridge in Electron: one for each ask of the table, and no other. */
import { ipcMain } from 'electron';
import { asks } from '../../src-shared/bridge.ts';
import type { AskName, Telling, TellingName } from '../../src-shared/bridge.ts';
import { TELLING_CHANNEL } from './channel.ts';
import { dispatch } from './dispatch.ts';
import type { Answerers, NoteRefusal, Sender } from './dispatch.ts';

/** A page of ours, and what it may ask. */
export interface BridgedPage {
  readonly contents: Electron.WebContents;
  readonly answerers: Answerers;
}

/**
 * `answerers` are for the window's page of this moment, `ours` (null while there is no window);
 * `coveredBy` answers with a page that is out of sight, by its contents' id.
 */
export function registerBridge(
  answerers: Answerers,
  ours: () => Electron.WebContents | null,
  coveredBy: (contentsId: number) => BridgedPage | null,
  note: NoteRefusal,
): void {
  for (const name of Object.keys(asks) as AskName[]) {
    ipcMain.handle(name, (event, message: unknown, ...more: unknown[]) => {
      const covered = coveredBy(event.sender.id);
      const page = covered?.contents ?? ours();
      const sender = more.length === 0 ? senderOf(event, page) : null;
      return dispatch(name, message, sender, covered?.answerers ?? answerers, note);
    });
  }
}

/** Tells the page something, if there is a page; what it misses it asks for when it starts. */
export function tell<N extends TellingName>(
  contents: Electron.WebContents | null,
  name: N,
  telling: Telling<N>,
): void {
  contents?.send(TELLING_CHANNEL, name, telling);
}

/**
 * Who sent it. `senderFrame` is read before anything is awaited: it is null once the frame has
 * navigated, and a frame that has gone throws at the first property.
 */
function senderOf(
  event: Electron.IpcMainInvokeEvent,
  ours: Electron.WebContents | null,
): Sender | null {
  const frame = event.senderFrame;
  if (frame === null || ours === null) return null;
  try {
    const isOurs = event.sender.id === ours.id && frame.parent === null && !frame.detached;
    return { isMainFrameOfOurWindow: isOurs, origin: frame.origin };
  } catch {
    return null;
  }
}
