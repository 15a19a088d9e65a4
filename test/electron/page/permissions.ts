/**
 * Asks main before the page may use what needs a permission. Chromium's own prompts cannot be
 * answered from outside, so the functions of the page that would prompt are replaced by ones that
 * ask first. Self-contained: its text is injected into the page's world.
 */
export interface PermissionQuestion {
  /** Electron's name of the permission. */
  permission: string;
  /** 'check' reads the state (`permissions.query`), 'request' asks for it. */
  mode: 'check' | 'request';
  mediaTypes?: string[];
}

export function guardPermissions(ask: (question: PermissionQuestion) => Promise<boolean>): void {
  type Method = (this: unknown, ...args: unknown[]) => unknown;
  const { Object, Reflect, DOMException } = globalThis;

  function replace(
    owner: object | undefined,
    name: string,
    make: (original: Method) => Method,
  ): void {
    const described = owner && Object.getOwnPropertyDescriptor(owner, name);
    const original = described?.value as unknown;
    if (!owner || typeof original !== 'function') return;
    const made = make(original as Method);
    Object.defineProperty(made, 'name', { value: name, configurable: true });
    Object.defineProperty(owner, name, { ...described, value: made });
  }

  /** A function that gives a promise: refused, it rejects as Chromium's does. */
  function guard(type: string, name: string, permission: string): void {
    const owner = (globalThis as unknown as Record<string, { prototype: object } | undefined>)[type]
      ?.prototype;
    replace(
      owner,
      name,
      (original) =>
        async function (this: unknown, ...args: unknown[]) {
          if (!(await ask({ permission, mode: 'request' }))) {
            throw new DOMException('Permission denied', 'NotAllowedError');
          }
          return Reflect.apply(original, this, args);
        },
    );
  }

  guard('Clipboard', 'read', 'clipboard-read');
  guard('Clipboard', 'readText', 'clipboard-read');
  guard('Clipboard', 'write', 'clipboard-sanitized-write');
  guard('Clipboard', 'writeText', 'clipboard-sanitized-write');
  guard('MediaDevices', 'getDisplayMedia', 'display-capture');
  guard('Element', 'requestFullscreen', 'fullscreen');
  guard('Element', 'requestPointerLock', 'pointerLock');
  guard('Keyboard', 'lock', 'keyboardLock');
  guard('Navigator', 'requestMIDIAccess', 'midi');
  guard('Window', 'getScreenDetails', 'window-management');
  guard('Bluetooth', 'requestDevice', 'bluetooth');
  guard('HID', 'requestDevice', 'hid');
  guard('Serial', 'requestPort', 'serial');
  guard('USB', 'requestDevice', 'usb');

  replace(
    globalThis.MediaDevices?.prototype,
    'getUserMedia',
    (original) =>
      async function (this: unknown, constraints) {
        const { audio, video } = (constraints ?? {}) as { audio?: unknown; video?: unknown };
        const mediaTypes = [...(audio ? ['audio'] : []), ...(video ? ['video'] : [])];
        if (!(await ask({ permission: 'media', mode: 'request', mediaTypes }))) {
          throw new DOMException('Permission denied', 'NotAllowedError');
        }
        return Reflect.apply(original, this, [constraints]);
      },
  );

  for (const name of ['getCurrentPosition', 'watchPosition']) {
    replace(
      globalThis.Geolocation?.prototype,
      name,
      (original) =>
        function (this: unknown, success, failure, options) {
          void ask({ permission: 'geolocation', mode: 'request' }).then((allowed) => {
            if (allowed) Reflect.apply(original, this, [success, failure, options]);
            else if (typeof failure === 'function')
              failure({ code: 1, message: 'User denied Geolocation', PERMISSION_DENIED: 1 });
          });
          return 0;
        },
    );
  }

  replace(
    globalThis.Notification,
    'requestPermission',
    () => async () =>
      (await ask({ permission: 'notifications', mode: 'request' })) ? 'granted' : 'denied',
  );

  // Electron knows only granted and denied, never prompt.
  const names: Record<string, string> = {
    camera: 'media',
    microphone: 'media',
    'clipboard-write': 'clipboard-sanitized-write',
  };
  replace(
    globalThis.Permissions?.prototype,
    'query',
    (original) =>
      async function (this: unknown, described) {
        const status = (await Reflect.apply(original, this, [described])) as object;
        const { name } = described as { name: string };
        const allowed = await ask({ permission: names[name] ?? name, mode: 'check' });
        Object.defineProperty(status, 'state', { value: allowed ? 'granted' : 'denied' });
        return status;
      },
  );
}
