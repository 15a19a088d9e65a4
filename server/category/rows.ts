/** Categories in the database: what a school starts with, and what can be chosen now. */
import type { Expression } from 'kysely';
import type { Category } from '../../src-shared/contract/category.ts';
import { CategoryId } from '../../src-shared/contract/category.ts';
import type { Db } from '../db/open.ts';
import { FIRST_CATEGORIES } from './first-categories.ts';
import type { IncidentCategory } from './rules.ts';

/**
 * Gives a new school its first categories (S37), in one statement. Positions count from 1 within
 * a parent. Fails, leaving all as it is, where the school has them already.
 */
export async function insertFirstCategories(
  db: Db,
  { schoolId, newId }: { schoolId: string; newId: () => string },
): Promise<void> {
  const rows = FIRST_CATEGORIES.flatMap(({ name, below, isUrgent }, index) => {
    const top = {
      id: newId(),
      school_id: schoolId,
      parent_id: null,
      name,
      position: index + 1,
      is_urgent: isUrgent === true ? (1 as const) : (0 as const),
      archived_at: null,
    };
    const children = below.map((child, childIndex) => ({
      id: newId(),
      school_id: schoolId,
      parent_id: top.id,
      name: child,
      position: childIndex + 1,
      is_urgent: 0 as const,
      archived_at: null,
    }));
    return [top, ...children];
  });
  await db.insertInto('category').values(rows).execute();
}

/** The categories in use, each parent before its children, in the school's order. */
export async function categoriesInUse(db: Db, schoolId: string): Promise<Category[]> {
  const rows = await db
    .selectFrom('category as c')
    .leftJoin('category as parent', 'parent.id', 'c.parent_id')
    .select(['c.id', 'c.name', 'c.parent_id', 'c.is_urgent'])
    .where('c.school_id', '=', schoolId)
    .where('c.archived_at', 'is', null)
    .where('parent.archived_at', 'is', null)
    .orderBy((eb) => eb.fn.coalesce('parent.position', 'c.position'))
    .orderBy((eb) => eb.fn.coalesce('parent.id', 'c.id'))
    .orderBy((eb) => eb('c.parent_id', 'is not', null))
    .orderBy('c.position')
    .execute();
  return rows.map(categoryOf);
}

/**
 * The categories of each of some incidents, parents before children. `incidentIds` is a query,
 * so that however many there are they take one statement.
 */
export async function categoriesOfIncidents(
  db: Db,
  incidentIds: Expression<string>,
): Promise<Map<string, IncidentCategory[]>> {
  const rows = await db
    .selectFrom('incident_category as ic')
    .innerJoin('category as c', 'c.id', 'ic.category_id')
    .leftJoin('category as parent', 'parent.id', 'c.parent_id')
    .select(['ic.incident_id', 'ic.action_id', 'c.id', 'c.name', 'c.parent_id', 'c.is_urgent'])
    .where('ic.incident_id', 'in', incidentIds)
    .orderBy((eb) => eb.fn.coalesce('parent.position', 'c.position'))
    .orderBy((eb) => eb.fn.coalesce('parent.id', 'c.id'))
    .orderBy((eb) => eb('c.parent_id', 'is not', null))
    .orderBy('c.position')
    .execute();
  const byIncident = new Map<string, IncidentCategory[]>();
  for (const row of rows) {
    const categories = byIncident.get(row.incident_id) ?? [];
    categories.push({ ...categoryOf(row), addedBy: row.action_id });
    byIncident.set(row.incident_id, categories);
  }
  return byIncident;
}

function categoryOf(row: {
  id: string;
  name: string;
  parent_id: string | null;
  is_urgent: 0 | 1;
}): Category {
  return {
    id: CategoryId.parse(row.id),
    name: row.name,
    parentId: row.parent_id === null ? null : CategoryId.parse(row.parent_id),
    isUrgent: row.is_urgent === 1,
  };
}

/** The names of one incident's categories, parents before children. */
export async function categoryNamesOfIncident(db: Db, incidentId: string): Promise<string[]> {
  const only = db.selectFrom('incident').select('id').where('id', '=', incidentId);
  const categories = await categoriesOfIncidents(db, only.$asScalar());
  return (categories.get(incidentId) ?? []).map(({ name }) => name);
}
