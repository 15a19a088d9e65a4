/** How the vault fails: inside by exceptions, at its wall by one of the codes of `VaultCode`. */
import { z } from 'zod';
import type { VaultCode } from '../src-shared/vault.ts';

/** A failure that has a code of its own. Its message is the code: it never quotes content. */
export class VaultFailure extends Error {
  readonly code: VaultCode;
  readonly waitSeconds: number | undefined;

  constructor(code: VaultCode, waitSeconds?: number) {
    super(code);
    this.name = 'VaultFailure';
    this.code = code;
    this.waitSeconds = waitSeconds;
  }
}

/** What SQLite and the file system say where a disk is full, refuses, is held or has gone. */
const DISK_CODES =
  /^(SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY|LOCKED|PERM|AUTH|CORRUPT|NOTADB|NOLFS)|ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EBUSY|EIO|EMFILE|ENFILE|ENOTDIR|EEXIST|ENODEV|ENXIO|ESTALE|EFBIG|ETXTBSY)/;

/** Whether the disk refused: then nothing was saved, and the text is still with who asked. */
export function isDiskFailure(error: unknown): boolean {
  return DISK_CODES.test(errorCode(error));
}

/** Full, as opposed to refusing: giving up the reserve may help. */
export function isDiskFull(error: unknown): boolean {
  return /^(SQLITE_FULL|ENOSPC|EDQUOT|SQLITE_IOERR_WRITE|SQLITE_IOERR_SHMSIZE)/.test(
    errorCode(error),
  );
}

/** The file is not a store, or no longer one that can be trusted. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(errorCode(error));
}

/** The answer's failing half for whatever was thrown; nothing of the error's text is passed on. */
export function answerOf(error: unknown): {
  readonly ok: false;
  readonly code: VaultCode;
  readonly waitSeconds?: number | undefined;
} {
  if (error instanceof VaultFailure) {
    return error.waitSeconds === undefined
      ? { ok: false, code: error.code }
      : { ok: false, code: error.code, waitSeconds: error.waitSeconds };
  }
  if (isDiskFailure(error)) return { ok: false, code: 'not-saved' };
  if (error instanceof z.ZodError && error.issues.some(isTooLarge)) {
    return { ok: false, code: 'too-large' };
  }
  return { ok: false, code: 'fault' };
}

/** A text longer than may be kept, at any depth, also inside one branch of a union. */
function isTooLarge(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'too_big') return issue.origin === 'string';
  return issue.code === 'invalid_union' && issue.errors.flat().some(isTooLarge);
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return '';
}
