/** Keeps this process's memory to itself, as far as that can be done from inside (R24). */
import { writeFileSync } from 'node:fs';

/**
 * Linux: a core dump of this process contains no memory. SIGUSR1 opens no debugger. Of diagnostic
 * reports none is written. What cannot be done from inside (Node has no setrlimit; Windows Error
 * Reporting, macOS) is said in README.md: it is main's, the installer's or IT's.
 */
export function shutDebuggersOut(): void {
  if (process.platform === 'linux') {
    try {
      writeFileSync('/proc/self/coredump_filter', '0');
    } catch {
      // A kernel built without core dumps has no such file.
    }
  }
  if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);
  const { report } = process;
  report.reportOnFatalError = false;
  report.reportOnSignal = false;
  report.reportOnUncaughtException = false;
  report.excludeEnv = true;
}
