/** The title in the taskbar: the school's name and the kind of page, never a student's name (R104). */
import { PAGE_TITLES } from '../../src-shared/page-titles.ts';

export const PROGRAM_NAME = 'Meadowlark';

/**
 * The title that the window gets when a page asks for `asked`: only `SCHOOL - PAGE`, with the
 * school of this computer and a page of the list; anything else becomes the school's name alone.
 */
export function windowTitle(asked: string, schoolName: string | null): string {
  if (schoolName === null) return PROGRAM_NAME;
  const known = PAGE_TITLES.some((page) => asked === `${schoolName} - ${page}`);
  return known ? asked : schoolName;
}
