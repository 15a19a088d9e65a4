/** What of Electron's webContents the stand-in has; the compiler compares every signature. */
export type ContentsApi = Pick<
  Electron.WebContents,
  | 'id'
  | 'getURL'
  | 'getTitle'
  | 'send'
  | 'setWindowOpenHandler'
  | 'isDestroyed'
  | 'close'
  | 'loadURL'
  | 'reload'
  | 'setZoomFactor'
  | 'getZoomFactor'
  | 'setZoomLevel'
  | 'getZoomLevel'
  | 'setVisualZoomLevelLimits'
  | 'executeJavaScript'
  | 'isLoading'
  | 'isCrashed'
  | 'getUserAgent'
  | 'focus'
  | 'isFocused'
>;

/** Some never come here, but the program may listen. */
export const contentsEvents = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'did-start-navigation',
  'did-navigate',
  'did-navigate-in-page',
  'did-finish-load',
  'did-fail-load',
  'did-start-loading',
  'did-stop-loading',
  'dom-ready',
  'render-process-gone',
  'preload-error',
  'console-message',
  'destroyed',
  'page-title-updated',
  'will-prevent-unload',
  'unresponsive',
  'responsive',
  'ipc-message',
  'context-menu',
  'before-input-event',
  'did-create-window',
  'zoom-changed',
  'certificate-error',
  'select-client-certificate',
  'login',
  'devtools-opened',
  'select-bluetooth-device',
];
