/** Whether the program starts, out of sight, when somebody signs in to the computer. */

/** On the command line of a start that nobody asked for. */
export const HIDDEN_SWITCH = '--hidden';

export interface LoginItem {
  readonly openAtLogin: boolean;
  readonly path?: string;
  readonly args?: string[];
}

/**
 * What Electron is told, or null where the system has no such list (Linux: docs/policy.md) or the
 * program is not the installed one.
 */
export function loginItem(
  platform: NodeJS.Platform,
  isInstalled: boolean,
  startHidden: boolean,
  executable: string,
): LoginItem | null {
  if (!isInstalled) return null;
  if (platform === 'darwin') return { openAtLogin: startHidden };
  if (platform !== 'win32') return null;
  return { openAtLogin: startHidden, path: executable, args: [HIDDEN_SWITCH] };
}

/** macOS passes no argument and says instead that it was the one to start the program. */
export function isHiddenStart(argv: readonly string[], wasOpenedAtLogin: boolean): boolean {
  return argv.includes(HIDDEN_SWITCH) || wasOpenedAtLogin;
}
