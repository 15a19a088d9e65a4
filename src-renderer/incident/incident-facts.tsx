/** What stands beside an incident's text: categories, status and whom it is assigned to (guide 8). */
import type { Category } from '../../src-shared/contract/category.ts';
import type { Incident } from '../../src-shared/contract/incident.ts';
import { branchesOf, summaryOf } from '../category/category-tree.ts';
import { Chip, Chips } from '../design/chip.tsx';
import styles from './incident-facts.module.css';

export function IncidentFacts(props: {
  readonly incident: Pick<Incident, 'categories' | 'status' | 'assignees'>;
}) {
  const { categories, status, assignees } = props.incident;
  return (
    <div className={styles.facts}>
      <Chips label="Categories">
        {summaryOf(
          branchesOf(withoutOrphans(categories)),
          categories.map(({ id }) => id),
        ).map((line) => (
          <Chip key={line.id} tone={line.isUrgent ? 'urgent' : 'plain'}>
            {line.words}
          </Chip>
        ))}
      </Chips>
      <p>
        <span className={styles.label}>Status:</span> {status === 'active' ? 'Active' : 'Closed'}
      </p>
      <p>
        <span className={styles.label}>Assigned to:</span>{' '}
        {assignees.length === 0 ? 'Nobody' : assignees.map(({ name }) => name).join(', ')}
      </p>
    </div>
  );
}

/** A subcategory without its parent stands by itself instead of being left out. */
function withoutOrphans(categories: readonly Category[]): readonly Category[] {
  const ids = new Set(categories.map(({ id }) => id));
  return categories.map((category) =>
    category.parentId !== null && !ids.has(category.parentId)
      ? { ...category, parentId: null }
      : category,
  );
}
