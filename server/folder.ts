/** The school's folder: configuration, keys and database, and how each is opened. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { readEnrolmentCode } from './certificate/folder.ts';
import { makeEnrolmentCode } from './certificate/make.ts';
import { insertFirstCategories } from './category/rows.ts';
import { keepEnrolmentCode } from './computer/rows.ts';
import { codeHash } from './computer/rules.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import { insertFirstGroup } from './group/rows.ts';
import { keepSchool, schoolIds } from './school/rows.ts';
import type { Settings } from './settings.ts';

export function settingsFile(folder: string): string {
  return join(folder, 'meadowlark.json');
}

export function databaseFile(folder: string): string {
  return join(folder, 'meadowlark.sqlite');
}

/**
 * Opens the school's database, brings it up to date, and gives a new school its first categories
 * and its safeguarding team. Throws a sentence where the database belongs to another school.
 */
export async function openSchool(
  folder: string,
  settings: Settings,
  now: Date,
): Promise<ReturnType<typeof openDatabase>> {
  const code = readEnrolmentCode(folder) ?? makeEnrolmentCode(folder);
  const opened = openDatabase(databaseFile(folder));
  try {
    migrate(opened.sqlite);
    await opened.db.transaction().execute(async (trx) => {
      const others = (await schoolIds(trx)).filter((id) => id !== settings.school.id);
      if (others.length > 0) {
        throw new Error(
          `The database in ${folder} belongs to another school than its configuration names (school.id). Nothing was changed.`,
        );
      }
      const isNew = (await schoolIds(trx)).length === 0;
      await keepSchool(trx, settings.school, now);
      // The folder's code is good, also with a database that was restored from before it was made.
      await keepEnrolmentCode(trx, {
        schoolId: settings.school.id,
        hash: codeHash(code),
        at: now.toISOString(),
      });
      if (!isNew) return;
      const first = { schoolId: settings.school.id, newId: () => uuid() };
      await insertFirstCategories(trx, first);
      await insertFirstGroup(trx, first);
    });
  } catch (error) {
    await opened.db.destroy();
    throw error;
  }
  return opened;
}

/** Whether `init` has been run here. */
export function isSchoolFolder(folder: string): boolean {
  return existsSync(settingsFile(folder));
}
