/** The few variables that the vault's process is given, so that none can change what it loads. */

/**
 * What the system's own libraries need: the keychain (D-Bus, the user's profile), the temporary
 * folder, the libraries of Windows. Not NODE_OPTIONS, not NAPI_RS_NATIVE_LIBRARY_PATH (@node-rs
 * would load any library from there), no path of libraries, no proxy.
 */
const KEPT: readonly string[] = [
  'SystemRoot',
  'windir',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'XDG_DATA_HOME',
  'DBUS_SESSION_BUS_ADDRESS',
];

/** Never empty, as Electron hands the whole environment on where it is given an empty one. */
export function vaultEnvironment(
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = KEPT.flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { MEADOWLARK_PROCESS: 'vault', ...Object.fromEntries(kept) };
}
