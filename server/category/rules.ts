/** Categories as an incident has them. */
import type { Category } from '../../src-shared/contract/category.ts';

export interface IncidentCategory extends Category {
  /** The action that added it; null: it was there from the start. */
  readonly addedBy: string | null;
}
