/** The main process, from its first line to its last: what is made, in which order, and who knows whom. */
import { randomUUID } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { app, dialog, powerMonitor, shell } from 'electron';
import type { ComputerView, Waiting } from '../src-shared/bridge.ts';
import { NOTHING_WAITS, answerersOf } from './bridge/answerers.ts';
import { coveredAnswerers } from './bridge/covered.ts';
import { registerBridge, tell } from './bridge/register.ts';
import { BUILD, VERSION } from './build.ts';
import { computerName } from './computer-name.ts';
import { findSchool, openSchool, schoolPlaces } from './link/school-file.ts';
import { EVERY_MS } from './lock/idle.ts';
import { openLog } from './log.ts';
import { pickSchoolFile } from './pick-school-file.ts';
import { settleDataFolder } from './policy/data-folder.ts';
import { isLasting, surroundings } from './policy/lasting.ts';
import { policyPlace, readPolicy } from './policy/policy.ts';
import { openPreferenceFile } from './preference-file.ts';
import { openPreferences } from './preferences.ts';
import { enterSchool } from './school.ts';
import type { School } from './school.ts';
import { prepareElectron } from './start/prepare-electron.ts';
import { demoSwitches, refusedSwitch } from './start/switches.ts';
import { watchFaults } from './start/watch-faults.ts';
import { Background } from './tray/background.ts';
import { isHiddenStart, loginItem } from './tray/login-item.ts';
import { Quitting } from './tray/quitting.ts';
import { TrayIcon, askToQuit } from './tray/tray.ts';
import { forkVault } from './vault/fork.ts';
import { setApplicationMenu } from './windows/menu.ts';
import { confine } from './windows/navigation.ts';
import { PageHost } from './windows/page-host.ts';
import { hardenSession, pageSession } from './windows/session-hardening.ts';
import { openWindow, rememberPlace } from './windows/window.ts';
import { PROGRAM_NAME } from './windows/window-title.ts';

const MINUTE_MS = 60_000;
/** By then the vault begins, whether the page has been drawn or not. */
const PAGE_AT_LATEST_MS = 4_000;

const given = demoSwitches(BUILD, process.argv);
const found = readPolicy(policyPlace(process.platform, given.policy));
const data = settleDataFolder(found, join(app.getPath('appData'), PROGRAM_NAME));
prepareElectron(given.userData ?? data.folder);
const log = openLog(join(app.getPath('userData'), 'logs'), BUILD === 'demo');
watchFaults((error) => log.error('fault', {}, error));

const refused = refusedSwitch(BUILD, [...process.argv.slice(1), ...process.execArgv], (name) =>
  app.commandLine.hasSwitch(name),
);
const isHidden = isHiddenStart(process.argv, false);
if (refused !== null) {
  log.error('not allowed to run', { switch: refused });
  dialog.showErrorBox(
    'Meadowlark cannot be started this way',
    `It was started with “--${refused}”, which would let others look into it. Start it from the computer’s list of programs; if this happens there, tell IT.`,
  );
  app.exit(1);
} else if (!app.requestSingleInstanceLock({ isHidden })) {
  app.exit(0);
} else {
  // Whether the program goes on without a window is decided by what waits (tray/background.ts).
  app.on('window-all-closed', () => undefined);
  app.on('session-created', hardenSession);
  app.on('web-contents-created', (_event, contents) => confine(contents));
  // No top-level await: Electron would wait for it, and it for Electron, for ever.
  void app.whenReady().then(run).catch(failToStart);
}

/** A program without a window would keep every later start from showing one. */
function failToStart(error: unknown): void {
  log.error('fault', {}, error);
  dialog.showErrorBox(
    'Meadowlark cannot start',
    'What was saved on this computer is still there. Restart the computer; if this happens again, tell IT.',
  );
  app.exit(1);
}

function run(): void {
  const clock = (): number => performance.now();
  const now = (): Date => new Date();
  const folder = app.getPath('userData');
  const preferences = openPreferences(
    () => openPreferenceFile(folder),
    randomUUID,
    (error) => log.error('not remembered', {}, error),
  );
  const computer = { id: preferences.computerId, name: computerName(hostname()) };
  const places = schoolPlaces(process.platform, folder, given.schoolFile);
  const isFolderLasting = isLasting(folder, surroundings(process.platform, homedir()));
  for (const { key, why } of data.faults) log.error('policy wrong', { key, why });
  if (data.isAway) log.error('data folder is another');
  if (!isFolderLasting) log.error('data folder is not lasting');

  let pageNumber = 0;
  const pages = new PageHost({
    open(arrival, stand) {
      background.windowOpened();
      // Without a window nobody looked whether the server is still there.
      void school?.watch.look();
      pageNumber += 1;
      return openWindow({
        session: pageSession(join(import.meta.dirname, '../renderer'), pageNumber),
        preload: join(import.meta.dirname, '../preload/index.cjs'),
        preferences,
        schoolName: () => school?.name ?? null,
        log,
        arrival,
        stand,
        save: async () => (await school?.saving.ask()) === 'saved',
        holdsText: () => school?.lock.holdsText ?? false,
        stayed: () => quitting.stayed(),
        clock,
        // As if the person had closed it: what waits is carried on.
        giveUp: () => void pages.end().then(() => background.windowClosed()),
      });
    },
    rememberPlace: (window) => rememberPlace(window, preferences),
    onClosed: () => void background.windowClosed(),
  });

  const pageThere = Promise.withResolvers<void>();
  let school: School | null = null;
  let schoolFile = findSchool(places);
  const enter = (): void => {
    schoolFile = findSchool(places);
    if (schoolFile.is !== 'in place' || school !== null) return;
    const { file } = schoolFile;
    log.info('school found', { school: file.schoolId });
    school = enterSchool(file, {
      computer,
      clock,
      now,
      random: Math.random,
      log,
      folder,
      // Until then the vault and the page would start at the expense of each other.
      beginAfter: pageThere.promise,
      startVault: () => forkVault(join(import.meta.dirname, '../vault/main.js')),
      pages,
      idleMs: found.policy.idleMinutes * MINUTE_MS,
      tell(name, telling) {
        tell(pages.contents, name, telling);
        return pages.contents !== null;
      },
      isWatched: () => pages.window !== null,
      onWaiting() {
        icon.refresh();
        background.look();
      },
      onContact(contact) {
        const isNew = preferences.rememberContact(file.schoolId, contact);
        if (isNew) tell(pages.contents, 'changed', {});
      },
    });
  };

  const waiting = (): Waiting => school?.courier.waiting ?? NOTHING_WAITS;
  const quitting = new Quitting({ waiting, ask: askToQuit, quit: () => app.quit() });
  const icon = new TrayIcon({
    icon: join(
      import.meta.dirname,
      process.platform === 'win32' ? '../main/icon.ico' : '../main/icon.png',
    ),
    waiting,
    open: () => pages.show(),
    quit: () => quitting.want(),
  });
  const background = new Background({
    school: () => school,
    hasWindow: () => pages.window !== null,
    isQuitting: () => quitting.isUnderWay,
    icon,
    quit: () => app.quit(),
    clock,
  });
  enter();

  const readComputer = (): ComputerView => ({
    version: VERSION,
    schoolName: school?.name ?? null,
    schoolFile: schoolFile.is,
    computerName: computer.name,
    preferences: preferences.reading(),
    policyFaults: data.faults.slice(0, 50),
    isDataFolderAway: data.isAway,
    isFolderLasting,
    safeguardingContact:
      schoolFile.is === 'in place'
        ? preferences.safeguardingContact(schoolFile.file.schoolId)
        : null,
    wasStoreDamaged: school?.wasStoreDamaged() ?? false,
  });
  const answerers = answerersOf({
    school: () => school,
    link: () => school?.watch.state ?? 'connecting',
    readComputer,
    async openSchoolFile() {
      const picked = pages.window === null ? null : await pickSchoolFile(pages.window);
      const opened = picked === null ? null : openSchool(picked, places);
      if (opened !== null && !opened.ok) return opened;
      enter();
      return { ok: true, value: readComputer() };
    },
    rememberPreferences: preferences.rememberReading,
    openOutside: (address) => shell.openExternal(address),
    now,
  });
  registerBridge(
    answerers,
    () => pages.contents,
    (contentsId) => {
      const covered = pages.coveredBy(contentsId);
      if (covered === null) return null;
      const { contents, saving } = covered;
      const vault = (): School['vault'] | null => school?.vault ?? null;
      return { contents, answerers: coveredAnswerers(answerers, vault, saving) };
    },
    (ask, why, error) =>
      error === undefined
        ? log.error('message refused', { ask, why })
        : log.error('answer failed', { ask, why }, error),
  );

  setApplicationMenu(process.platform);
  const item = loginItem(
    process.platform,
    BUILD === 'product' && app.isPackaged,
    found.policy.startHidden,
    process.execPath,
  );
  if (item !== null) app.setLoginItemSettings(item);

  const wasOpenedAtLogin =
    process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  if (isHidden || wasOpenedAtLogin) {
    pageThere.resolve();
    background.startHidden();
  } else {
    pages.show();
    pages.window?.once('show', () => pageThere.resolve());
    // A window that cannot be shown must not keep what waits from being carried.
    setTimeout(() => pageThere.resolve(), PAGE_AT_LATEST_MS);
  }

  // R9: a second start shows the window; of what it was started with one bit is looked at.
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const isUnasked = typeof data === 'object' && data !== null && 'isHidden' in data;
    if (!(isUnasked && data.isHidden === true)) pages.show();
  });
  // macOS: a click on the Dock's icon.
  app.on('activate', () => pages.show());

  const lock = (): void => void school?.lock.lock();
  const wake = (): void => {
    school?.idle.look();
    school?.wokeUp();
  };
  powerMonitor.on('suspend', lock);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('user-did-resign-active', lock);
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
  setInterval(() => school?.idle.look(), EVERY_MS);
  setInterval(() => {
    school?.minute();
    background.look();
  }, MINUTE_MS);

  app.on('before-quit', (event) => {
    // Elsewhere quitting is the icon's menu, or a system that ends everything and waits for nobody.
    if (process.platform !== 'darwin') quitting.agree();
    quitting.beforeQuit(event);
  });
  powerMonitor.on('shutdown', () => quitting.agree());
  endInOrder(() => school?.close());
  log.info('started', { version: VERSION, build: BUILD });
}

/** The keys have ended before the program has. */
function endInOrder(close: () => Promise<void> | undefined): void {
  let isClosing = false;
  app.on('will-quit', (event) => {
    // exit() comes when all has ended, however often quitting is asked for meanwhile.
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    void Promise.resolve(close()).finally(() => {
      log.info('ended');
      app.exit(0);
    });
  });
}
