/**
 * The commands and events of the Chrome DevTools Protocol that the stand-in uses, and no others.
 * https://chromedevtools.github.io/devtools-protocol/
 */

export interface TargetInfo {
  targetId: string;
  type: string;
  title: string;
  url: string;
  openerId?: string;
  browserContextId?: string;
}

export interface Frame {
  id: string;
  parentId?: string;
  loaderId: string;
  name?: string;
  url: string;
  securityOrigin: string;
  unreachableUrl?: string;
}

export interface HeaderEntry {
  name: string;
  value: string;
}

export interface RequestPaused {
  requestId: string;
  request: {
    url: string;
    method: string;
    headers: Record<string, string>;
    hasPostData?: boolean;
    postDataEntries?: { bytes?: string }[];
  };
  frameId?: string;
  resourceType: string;
  redirectedRequestId?: string;
  networkId?: string;
}

export interface ContextDescription {
  id: number;
  uniqueId: string;
  origin: string;
  name: string;
  auxData?: { isDefault?: boolean; type?: string; frameId?: string };
}

export interface RemoteObject {
  type: string;
  /** As JSON has it, where it was asked for or is a primitive. */
  value?: unknown;
  description?: string;
  unserializableValue?: string;
}

export interface EvaluateReply {
  result: RemoteObject;
  exceptionDetails?: { text: string; exception?: RemoteObject };
}

export interface CommandReplies {
  'Browser.close': Record<string, never>;
  'Browser.setDownloadBehavior': Record<string, never>;
  'Browser.setPermission': Record<string, never>;
  'Browser.getVersion': { product: string };
  'Emulation.setEmulatedMedia': Record<string, never>;
  'Extensions.loadUnpacked': { id: string };
  'Fetch.enable': Record<string, never>;
  'Fetch.continueRequest': Record<string, never>;
  'Fetch.failRequest': Record<string, never>;
  'Fetch.fulfillRequest': Record<string, never>;
  'Page.addScriptToEvaluateOnNewDocument': { identifier: string };
  'Page.close': Record<string, never>;
  'Page.enable': Record<string, never>;
  'Page.getFrameTree': { frameTree: { frame: Frame } };
  'Page.handleJavaScriptDialog': Record<string, never>;
  'Page.navigate': { frameId: string; loaderId?: string; errorText?: string };
  'Page.reload': Record<string, never>;
  'Page.setLifecycleEventsEnabled': Record<string, never>;
  'Page.bringToFront': Record<string, never>;
  'Page.captureScreenshot': { data: string };
  'Runtime.addBinding': Record<string, never>;
  'Runtime.enable': Record<string, never>;
  'Runtime.evaluate': EvaluateReply;
  'Runtime.callFunctionOn': EvaluateReply;
  'Runtime.runIfWaitingForDebugger': Record<string, never>;
  'Storage.clearDataForOrigin': Record<string, never>;
  'Target.attachToTarget': { sessionId: string };
  'Target.closeTarget': { success: boolean };
  'Target.getTargets': { targetInfos: TargetInfo[] };
  'Target.setAutoAttach': Record<string, never>;
  'Target.setDiscoverTargets': Record<string, never>;
}

export interface EventParameters {
  'Fetch.requestPaused': RequestPaused;
  'Inspector.targetCrashed': Record<string, never>;
  'Page.domContentEventFired': { timestamp: number };
  'Page.loadEventFired': { timestamp: number };
  'Page.frameDetached': { frameId: string; reason: string };
  'Page.frameRequestedNavigation': { frameId: string; reason: string; url: string };
  'Page.frameNavigated': { frame: Frame; type: string };
  'Page.frameAttached': { frameId: string; parentFrameId: string };
  'Page.javascriptDialogOpening': { type: string; message: string; url: string };
  'Page.lifecycleEvent': { frameId: string; loaderId: string; name: string };
  'Page.navigatedWithinDocument': { frameId: string; url: string };
  'Page.windowOpen': {
    url: string;
    windowName: string;
    userGesture: boolean;
    windowFeatures: string[];
  };
  'Runtime.bindingCalled': { name: string; payload: string; executionContextId: number };
  'Runtime.consoleAPICalled': {
    type: string;
    args: RemoteObject[];
    executionContextId: number;
    stackTrace?: { callFrames: { url: string; lineNumber: number }[] };
  };
  'Runtime.exceptionThrown': {
    exceptionDetails: { text: string; url?: string; lineNumber: number; exception?: RemoteObject };
  };
  'Runtime.executionContextCreated': { context: ContextDescription };
  'Runtime.executionContextDestroyed': { executionContextId: number };
  'Runtime.executionContextsCleared': Record<string, never>;
  'Target.attachedToTarget': {
    sessionId: string;
    targetInfo: TargetInfo;
    waitingForDebugger: boolean;
  };
  'Target.detachedFromTarget': { sessionId: string };
  'Target.targetCreated': { targetInfo: TargetInfo };
  'Target.targetDestroyed': { targetId: string };
  'Target.targetCrashed': { targetId: string; status: string; errorCode: number };
}
