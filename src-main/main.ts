/** The main process, from its first line to its last: what is made, in which order, and who knows whom. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import type { BrowserWindow } from 'electron';
import type { ComputerView } from '../src-shared/bridge.ts';
import { answerersOf } from './bridge/answerers.ts';
import { registerBridge, tell } from './bridge/register.ts';
import { BUILD, VERSION } from './build.ts';
import { computerName } from './computer-name.ts';
import { findSchool, openSchool, schoolPlaces } from './link/school-file.ts';
import { openLog } from './log.ts';
import { pickSchoolFile } from './pick-school-file.ts';
import { openPreferences } from './preferences.ts';
import { enterSchool } from './school.ts';
import type { School } from './school.ts';
import { prepareElectron } from './start/prepare-electron.ts';
import { demoSwitches, refusedSwitch } from './start/switches.ts';
import { watchFaults } from './start/watch-faults.ts';
import { setApplicationMenu } from './windows/menu.ts';
import { confine } from './windows/navigation.ts';
import { hardenSession, pageSession } from './windows/session-hardening.ts';
import { openWindow } from './windows/window.ts';

const given = demoSwitches(BUILD, process.argv);
prepareElectron(given.userData);
const log = openLog(join(app.getPath('userData'), 'logs'), BUILD === 'demo');
watchFaults((error) => log.error('fault', {}, error));

const refused = refusedSwitch(BUILD, [...process.argv.slice(1), ...process.execArgv], (name) =>
  app.commandLine.hasSwitch(name),
);
if (refused !== null) {
  log.error('not allowed to run', { switch: refused });
  dialog.showErrorBox(
    'Meadowlark cannot be started this way',
    `It was started with “--${refused}”, which would let others look into it. Start it from the computer’s list of programs; if this happens there, tell IT.`,
  );
  app.exit(1);
} else if (!app.requestSingleInstanceLock()) {
  app.exit(0);
} else {
  app.on('window-all-closed', () => app.quit());
  app.on('session-created', hardenSession);
  app.on('web-contents-created', (_event, contents) => confine(contents));
  // No top-level await: Electron would wait for it, and it for Electron, for ever.
  void app.whenReady().then(run);
}

function run(): void {
  const clock = (): number => performance.now();
  const preferences = openPreferences(app.getPath('userData'), randomUUID);
  const computer = { id: preferences.computerId, name: computerName(hostname()) };
  const places = schoolPlaces(process.platform, app.getPath('userData'), given.schoolFile);

  let window: BrowserWindow | null = null;
  const page = (): Electron.WebContents | null =>
    window === null || window.isDestroyed() ? null : window.webContents;

  let found = findSchool(places);
  let school: School | null = null;
  const enter = (): void => {
    found = findSchool(places);
    if (found.is !== 'in place' || school !== null) return;
    log.info('school found', { school: found.file.schoolId });
    school = enterSchool(found.file, {
      computer,
      clock,
      tell: (name, telling) => tell(page(), name, telling),
    });
  };
  enter();

  const readComputer = (): ComputerView => ({
    version: VERSION,
    schoolName: school?.name ?? null,
    schoolFile: found.is,
    computerName: computer.name,
    preferences: preferences.reading(),
  });

  const answerers = answerersOf({
    school: () => school,
    link: () => school?.watch.state ?? 'connecting',
    readComputer,
    async openSchoolFile() {
      const picked = window === null ? null : await pickSchoolFile(window);
      const opened = picked === null ? null : openSchool(picked, places);
      if (opened !== null && !opened.ok) return opened;
      enter();
      return { ok: true, value: readComputer() };
    },
    rememberPreferences: preferences.rememberReading,
    openOutside: (address) => shell.openExternal(address),
  });
  registerBridge(answerers, page, (ask, why, error) =>
    error === undefined
      ? log.error('message refused', { ask, why })
      : log.error('answer failed', { ask, why }, error),
  );

  setApplicationMenu(process.platform);
  window = openWindow({
    session: pageSession(join(import.meta.dirname, '../renderer')),
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    preferences,
    schoolName: () => school?.name ?? null,
    log,
    clock,
    giveUp: () => app.exit(1),
  });

  // R9: a second start shows this window; what it was started with is not looked at.
  app.on('second-instance', () => {
    if (window === null || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  app.on('will-quit', () => {
    school?.close();
    log.info('ended');
  });
  log.info('started', { version: VERSION, build: BUILD });
}
