/** Categories: what an incident is about. Two levels, in the school's order. */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Name, Nothing } from './values.ts';

export const CategoryId = Id.brand<'CategoryId'>();
export type CategoryId = z.infer<typeof CategoryId>;

export const Category = z.strictObject({
  id: CategoryId,
  name: Name,
  parentId: CategoryId.nullable(),
  /** Goes first in every queue. */
  isUrgent: z.boolean(),
});
export type Category = z.infer<typeof Category>;

/** The categories in use, parents before their children, in the school's order. */
export const listCategories = endpoint({
  method: 'GET',
  path: '/v1/categories',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ categories: z.array(Category) }),
});
