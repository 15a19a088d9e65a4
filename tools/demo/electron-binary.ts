/** Fetches Electron's own binary where it is not there yet; gives up early where it cannot be had. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');
/** Without a byte for this long, the download counts as not to be had. */
const SILENCE_MS = 10_000;

interface Getter {
  downloadArtifact(details: {
    version: string;
    artifactName: string;
    platform: string;
    arch: string;
    checksums: unknown;
    downloadOptions: {
      quiet: boolean;
      signal: AbortSignal;
      getProgressCallback: (progress: { percent: number }) => Promise<void>;
    };
  }): Promise<string>;
}

/**
 * Answers null once the binary is in place, else the sentence why not. `say` is told how far it
 * is, as "Fetching Electron: 40 %".
 */
export async function fetchElectron(say: (words: string) => void): Promise<string | null> {
  try {
    await download(say);
  } catch (error) {
    return `Electron's binary cannot be fetched here (${reasonOf(error)}).`;
  }
  // It is in the cache now: Electron's own installer checks and unpacks it.
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, [join(FOLDER, 'install.js')], { stdio: 'ignore' });
    child.on('error', () => resolve(1));
    child.on('exit', resolve);
  });
  return code === 0 ? null : "Electron's binary was fetched and could not be unpacked.";
}

async function download(say: (words: string) => void): Promise<void> {
  const require = createRequire(join(FOLDER, 'install.js'));
  const { version } = require('./package.json') as { version: string };
  const getter = (await import(
    pathToFileURL(require.resolve('@electron/get')).href
  )) as unknown as Getter;
  const silence = new AbortController();
  const giveUp = (): void => silence.abort(new Error('nothing comes'));
  let timer = setTimeout(giveUp, SILENCE_MS);
  let said = -1;
  try {
    await getter.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: require('./checksums.json'),
      downloadOptions: {
        quiet: true,
        signal: silence.signal,
        getProgressCallback: async ({ percent }) => {
          clearTimeout(timer);
          timer = setTimeout(giveUp, SILENCE_MS);
          const tenth = Math.floor(percent * 10);
          if (tenth > said) say(`Fetching Electron ${version}: ${tenth * 10} %`);
          said = tenth;
        },
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

/** "fetch failed" says nothing: the cause does ("getaddrinfo ENOTFOUND github.com"). */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
