/**
 * Puts the bridge on `window.meadowlark`, and nothing else (R14). The names come in when this is
 * built, so that no schema has to travel with it; main refuses whatever does not fit.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { AskName, Bridge, TellingName } from '../src-shared/bridge.ts';

declare const __ASK_NAMES__: readonly AskName[];
declare const __TELLING_NAMES__: readonly TellingName[];
declare const __TELLING_CHANNEL__: string;

type Call = (request: unknown) => Promise<unknown>;

function callOf(name: AskName): Call {
  return async (request) => {
    try {
      return (await ipcRenderer.invoke(name, request)) as unknown;
    } catch {
      // What cannot be copied, or a main process that is going: nothing is thrown across.
      return { ok: false, code: 'program-fault' };
    }
  };
}

const listen: Bridge['listen'] = (name, callback) => {
  if (!__TELLING_NAMES__.includes(name)) return () => undefined;
  // The event itself stays here: it would carry the whole of ipcRenderer.
  const hear = (_event: unknown, told: unknown, telling: unknown): void => {
    if (told === name) callback(telling);
  };
  ipcRenderer.on(__TELLING_CHANNEL__, hear);
  return () => {
    ipcRenderer.removeListener(__TELLING_CHANNEL__, hear);
  };
};

const calls = Object.fromEntries(__ASK_NAMES__.map((name) => [name, callOf(name)]));
contextBridge.exposeInMainWorld('meadowlark', { ...calls, listen });
