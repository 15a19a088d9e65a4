/**
 * The command line: what a product refuses to be started with, and what the demo build takes.
 * No fuse covers the debugging port, so a product that meets such a switch does not run at all.
 */
import type { Build } from '../build.ts';

/** Switches that let a debugger in or take a wall down. */
const REFUSED: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-socket-name',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'inspect-publish-uid',
  'inspect-wait',
  'debug',
  'debug-brk',
  'debug-port',
  'js-flags',
  'no-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
  'load-extension',
  'enable-logging',
  'log-net-log',
  'single-process',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'user-data-dir',
  'use-fake-ui-for-media-stream',
];

/** The name of a switch as Chromium reads it: `--Name=value`, `-name` and `/name` are one. */
function nameOf(argument: string): string | null {
  const match = /^(?:--?|\/)([A-Za-z][A-Za-z0-9-]*)(?:[=:].*)?$/s.exec(argument);
  return match?.[1]?.toLowerCase() ?? null;
}

/**
 * The first switch that this build refuses to run with, or null. `hasSwitch` asks Chromium, which
 * may know switches that are no longer in `argv`.
 */
export function refusedSwitch(
  build: Build,
  argv: readonly string[],
  hasSwitch: (name: string) => boolean,
): string | null {
  if (build === 'demo') return null;
  for (const argument of argv) {
    const name = nameOf(argument);
    if (name !== null && REFUSED.includes(name)) return name;
  }
  return REFUSED.find((name) => hasSwitch(name)) ?? null;
}

export interface DemoSwitches {
  /** A school file to use instead of looking for one. */
  readonly schoolFile: string | null;
  /** Where the client keeps what it keeps on disk. */
  readonly userData: string | null;
  /** A policy to use instead of the computer's own. */
  readonly policy: string | null;
}

/** What `--school-file=FILE`, `--user-data-dir=DIR` and `--policy=FILE` say; in a product nothing. */
export function demoSwitches(build: Build, argv: readonly string[]): DemoSwitches {
  const valueOf = (name: string): string | null => {
    if (build !== 'demo') return null;
    const prefix = `--${name}=`;
    const found = argv.find((argument) => argument.startsWith(prefix));
    return found === undefined || found === prefix ? null : found.slice(prefix.length);
  };
  return {
    schoolFile: valueOf('school-file'),
    userData: valueOf('user-data-dir'),
    policy: valueOf('policy'),
  };
}
