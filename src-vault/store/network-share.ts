/** Whether a folder lies on a network share, where SQLite's WAL is not safe (R80). */
import { statfsSync } from 'node:fs';

/** `f_type` of Linux's network file systems: NFS, SMB, SMB2, CIFS, AFS, 9P, FUSE (sshfs and the like). */
const LINUX_TYPES = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x01021997, 0x65735546,
]);

/** A mapped drive letter on Windows cannot be told from a disk: policy.json's folder must be local. */
export function isOnNetworkShare(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === 'win32')
    return /^[\\/]{2}(?![?.][\\/])/.test(folder) || /^[\\/]{2}\?[\\/]UNC[\\/]/i.test(folder);
  if (platform === 'linux') return LINUX_TYPES.has(statfsSync(folder).type);
  return false;
}
