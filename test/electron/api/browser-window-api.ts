/** What of Electron's BrowserWindow the stand-in has; the compiler compares every signature. */
export type WindowApi = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'reload'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'restore'
  | 'minimize'
  | 'isMinimized'
  | 'isVisible'
  | 'isFocused'
  | 'isDestroyed'
  | 'destroy'
  | 'close'
  | 'setTitle'
  | 'getTitle'
  | 'setBounds'
  | 'getBounds'
  | 'setContentBounds'
  | 'getContentBounds'
  | 'setSize'
  | 'getSize'
  | 'setPosition'
  | 'getPosition'
  | 'center'
  | 'moveTop'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'setContentProtection'
  | 'isContentProtected'
  | 'setMenu'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'setMinimumSize'
  | 'setBackgroundColor'
  | 'setIcon'
  | 'id'
>;

/** Some never come here (session-end on Linux), but the program may listen. */
export const windowEvents = [
  'ready-to-show',
  'closed',
  'close',
  'page-title-updated',
  'focus',
  'blur',
  'show',
  'hide',
  'resize',
  'resized',
  'move',
  'moved',
  'minimize',
  'restore',
  'unresponsive',
  'responsive',
  'query-session-end',
  'session-end',
  'always-on-top-changed',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
];
