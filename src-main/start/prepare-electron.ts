/** What has to be said to Electron before it is ready: paths, switches, the scheme. Later is too late. */
import { app } from 'electron';
import { registerPageScheme } from '../windows/scheme.ts';
import { PROGRAM_NAME } from '../windows/window-title.ts';

/** `userData` is where the program keeps its data. */
export function prepareElectron(userData: string): void {
  app.setName(PROGRAM_NAME);
  app.setAppUserModelId('school.meadowlark.client');
  app.setPath('userData', userData);
  app.enableSandbox();
  registerPageScheme();
  quietenChromium();
}

/** Chromium's own stack reaches nobody (R102): the server is spoken to by Node's. */
function quietenChromium(): void {
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('dns-prefetch-disable');
  app.commandLine.appendSwitch('disable-http-cache');
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-pings');
}
