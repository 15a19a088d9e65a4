/** What opening windows takes from the system: a browser for the stand-in, and a display. */
import { spawnSync } from 'node:child_process';
import { findChromium } from '../../test/electron/chromium/process.ts';

/**
 * Sees to it that windows can be opened: on Linux as root it installs what is missing with apt.
 * Answers null where they can, else the sentence that says what to install. Windows and macOS have
 * a display and use real Electron.
 */
export async function readyForWindows(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const missing = missingPackages();
  if (missing.length === 0) return null;
  const sentence = `Windows cannot be opened here: install ${missing.join(' and ')} (on Debian: apt-get install ${missing.join(' ')}) and start again.`;
  if (process.getuid?.() !== 0 || !has('apt-get')) return sentence;
  console.log(`Installing ${missing.join(' and ')} from the system's packages.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [
    ['update', '-qq'],
    ['install', '-qq', '-y', '--no-install-recommends', ...missing],
  ]) {
    const { status } = spawnSync('apt-get', parameters, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env,
    });
    if (status !== 0) return sentence;
  }
  return missingPackages().length === 0 ? null : sentence;
}

function missingPackages(): string[] {
  return [...(findChromium() === null ? ['chromium'] : []), ...(has('Xvfb') ? [] : ['xvfb'])];
}

function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
