/**
 * Takes from a session whatever the page does not need: permissions, devices, the network, the
 * spell checker's dictionary. Without handlers Electron grants every permission (R7).
 */
import { session } from 'electron';
import { mayLoad } from './page-files.ts';
import { servePages } from './scheme.ts';

/**
 * The session of the `number`th page: in memory only (no `persist:`), without an HTTP cache (R8),
 * serving the folder `root` and nothing else. Each page has its own, so that none finds anything of
 * an earlier one, and none is drawn by an earlier one's process (R24).
 */
export function pageSession(root: string, number: number): Electron.Session {
  const made = session.fromPartition(`page-${number}`, { cache: false });
  servePages(made, root);
  return made;
}

/** Meant for `session-created`, which sees every session, Electron's default one too. */
export function hardenSession(made: Electron.Session): void {
  made.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  made.setPermissionCheckHandler(() => false);
  made.setDevicePermissionHandler(() => false);
  made.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  made.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  made.setUSBProtectedClassesHandler((details) => details.protectedClasses);
  // Even with spellcheck off in all windows a dictionary may be fetched (R102); and a checker
  // that learns words would keep students' names in a shared profile (R110).
  made.setSpellCheckerEnabled(false);
  made.setSpellCheckerDictionaryDownloadURL('http://127.0.0.1:9/');
  made.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }));
  made.on('will-download', (event) => event.preventDefault());
}
