/**
 * Which executable the end-to-end tests and the demo start: real Electron where its binary is
 * there, the stand-in where not. Nothing here downloads anything.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium/process.ts';
import { startXvfb } from './display/xvfb.ts';

export interface ElectronExecutable {
  path: string;
  kind: 'electron' | 'stand-in';
  /** A sentence for the run's first line. */
  why: string;
}

/**
 * MEADOWLARK_ELECTRON=electron or =stand-in decides; otherwise what is there. Rejects with what to
 * install when the one that was chosen cannot run.
 */
export async function electronExecutable(): Promise<ElectronExecutable> {
  const wanted = process.env['MEADOWLARK_ELECTRON'];
  const real = realElectron();
  if (wanted === 'electron' && real === null) {
    throw new Error(
      'MEADOWLARK_ELECTRON=electron, but its binary is not there: run `npx install-electron --no`.',
    );
  }
  if (wanted !== undefined && wanted !== '' && wanted !== 'electron' && wanted !== 'stand-in') {
    throw new Error(`MEADOWLARK_ELECTRON is "${wanted}"; it may be "electron" or "stand-in".`);
  }
  if (real !== null && wanted !== 'stand-in') {
    return {
      path: real,
      kind: 'electron',
      why: wanted ? 'MEADOWLARK_ELECTRON asks for Electron.' : "Electron's binary is there.",
    };
  }
  if (findChromium() === null) {
    throw new Error(
      'The stand-in for Electron needs Chromium and Xvfb: `apt-get install chromium xvfb`.',
    );
  }
  const why =
    wanted === 'stand-in'
      ? 'MEADOWLARK_ELECTRON asks for the stand-in.'
      : "Electron's binary is not there.";
  return { path: fileURLToPath(new URL('electron', import.meta.url)), kind: 'stand-in', why };
}

/** The binary that the package `electron` would start, or null. The package itself would fetch it. */
function realElectron(): string | null {
  const folder = fileURLToPath(new URL('../../node_modules/electron/', import.meta.url));
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}

/** An Xvfb for one test worker: only one client at a time can be the window manager of a display. */
export async function startDisplay(
  options: { size?: string } = {},
): Promise<{ display: string; stop(): Promise<void> }> {
  const started = await startXvfb(options);
  return { display: started.display, stop: () => started.stop() };
}
