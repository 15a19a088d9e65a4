/** The least that a client can be: one window, one heading, made the way the client makes its own. */
import { app, BrowserWindow, protocol } from 'electron';

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true } },
]);
app.enableSandbox();
void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    webPreferences: { sandbox: true, contextIsolation: true, partition: 'empty' },
  });
  window.webContents.session.protocol.handle(
    'app',
    () => new Response('<h1>Empty</h1>', { headers: { 'content-type': 'text/html' } }),
  );
  await window.loadURL('app://empty/index.html');
});
app.on('window-all-closed', () => app.quit());
