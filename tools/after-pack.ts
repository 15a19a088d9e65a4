/**
 * electron-builder calls this when the program lies packed and not yet signed: sets Electron's
 * fuses (R2) and takes out what a given Electron folder may have brought.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import type { FuseConfig } from '@electron/fuses';

/**
 * All of them by name: with `strictlyRequireAllFuses` a fuse that a new Electron adds stops the
 * build until somebody has decided about it.
 */
export const FUSES: FuseConfig = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // As Electron ships it: libsodium is WebAssembly, and trap handlers only make it faster.
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** The part of electron-builder's context that is used here. */
interface Packed {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    readonly executableName?: string;
  };
}

export default async function afterPack(packed: Packed): Promise<void> {
  const { binary, resources } = placesOf(packed);
  // A given Electron folder is not cleaned: its own start page would be shipped.
  await rm(join(resources, 'default_app.asar'), { force: true });
  await flipFuses(binary, FUSES);
}

function placesOf(packed: Packed): { binary: string; resources: string } {
  const { appOutDir, electronPlatformName, packager } = packed;
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') {
    const app = join(appOutDir, `${name}.app`);
    return { binary: app, resources: join(app, 'Contents/Resources') };
  }
  const binary =
    electronPlatformName === 'win32' ? `${name}.exe` : (packager.executableName ?? name);
  return { binary: join(appOutDir, binary), resources: join(appOutDir, 'resources') };
}
