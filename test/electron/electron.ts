/**
 * The module `electron` as main finds it in the stand-in: by name, as default, and by `require`.
 * A name that is not here is not in the stand-in, and importing it fails by that name.
 */
import { app } from './api/app.ts';
import { BrowserWindow } from './api/browser-window.ts';
import { nativeTheme, powerMonitor, screen } from './api/desktop.ts';
import { honest } from './api/honest.ts';
import { ipcMain } from './api/ipc-main.ts';
import { registerSchemesAsPrivileged } from './api/protocol.ts';
import { session } from './api/session.ts';
import { dialog, Menu, shell } from './api/small-modules.ts';
import { nativeImage, Tray } from './api/tray.ts';
import { utilityProcess } from './api/utility-process.ts';
import { webContents as contents } from './api/web-contents.ts';

const protocol = honest('protocol', {
  registerSchemesAsPrivileged,
  handle: (...args: Parameters<typeof session.defaultSession.protocol.handle>) =>
    session.defaultSession.protocol.handle(...args),
  unhandle: (scheme: string) => session.defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => session.defaultSession.protocol.isProtocolHandled(scheme),
});
const webContents = honest('webContents', contents);

export const names = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};

const electron = honest('electron', names);
export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};
export default electron;
export { electron as 'module.exports' };
