import { expect, test } from 'vitest';
import { vaultEnvironment } from './environment.ts';

test('the vault is given no variable that could change what it loads', () => {
  const own = {
    HOME: '/home/ada',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
    NODE_OPTIONS: '--inspect',
    NAPI_RS_NATIVE_LIBRARY_PATH: '/tmp/evil.node',
    LD_PRELOAD: '/tmp/evil.so',
    ELECTRON_RUN_AS_NODE: '1',
    HTTPS_PROXY: 'http://elsewhere',
    TEMP: undefined,
  };
  expect(vaultEnvironment(own)).toEqual({
    MEADOWLARK_PROCESS: 'vault',
    HOME: '/home/ada',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
  });
});

test('it is never empty, as Electron would then hand everything on', () => {
  expect(Object.keys(vaultEnvironment({}))).not.toEqual([]);
});
