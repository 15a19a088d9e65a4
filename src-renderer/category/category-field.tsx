/** Categories (S21): tick boxes, a parent's subcategories once it is ticked, and a filter over all. */
import { CircleAlert, Search } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import type { Category } from '../../src-shared/contract/category.ts';
import { CheckBox } from '../design/choices.tsx';
import { classNames } from '../design/class-names.ts';
import { Chip, Chips } from '../design/chip.tsx';
import field from '../design/field.module.css';
import {
  branchesOf,
  filterBranches,
  summaryOf,
  tick,
  untick,
  type Branch,
} from './category-tree.ts';
import styles from './category-field.module.css';

export interface CategoryFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly categories: readonly Category[];
  /** Those that the incident has: shown as ticked, and cannot be taken away here. */
  readonly already?: ReadonlySet<string>;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** How many columns they stand in where there is room; 2 where not given. */
  readonly columns?: 2 | 3;
}

const NONE: ReadonlySet<string> = new Set();

export function CategoryField(props: CategoryFieldProps) {
  const { categories, chosen, error, already = NONE } = props;
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const errorId = useId();
  const branches = branchesOf(categories);
  const shown = filterBranches(branches, typed);
  const change = (id: string, isTicked: boolean) =>
    props.onChange(
      (isTicked ? tick(chosen, id, categories) : untick(chosen, id, categories)).filter(
        (one) => !already.has(one),
      ),
    );
  return (
    <fieldset
      id={props.id}
      className={styles.field}
      aria-describedby={[
        ...(props.hint === undefined ? [] : [hintId]),
        ...(error === null ? [] : [errorId]),
      ].join(' ')}
    >
      <legend className={styles.legend}>{props.label}</legend>
      <SearchField
        className={classNames(styles.filter)}
        aria-label={`Find in ${props.label}`}
        value={typed}
        onChange={setTyped}
      >
        <Search className={styles.glass} size="1.1em" aria-hidden="true" />
        <Input ref={box} className={classNames(field.box)} placeholder="Find a category" />
      </SearchField>
      {props.hint === undefined ? null : (
        <p id={hintId} className={field.hint}>
          {props.hint}
        </p>
      )}
      {error === null ? null : (
        <p id={errorId} className={field.error}>
          <CircleAlert size="1.1em" aria-hidden="true" />
          <span>{error}</span>
        </p>
      )}
      <Chips label={`${props.label}: chosen`}>
        {summaryOf(branches, chosen).map((line) => (
          <Chip
            key={line.id}
            tone={line.isUrgent ? 'urgent' : 'meadow'}
            onRemove={() => {
              change(line.id, false);
              // The × that had the focus is gone; the person goes on among the categories.
              box.current?.focus();
            }}
            removeLabel={`Remove ${line.words}`}
          >
            {line.words}
          </Chip>
        ))}
      </Chips>
      <output className={styles.none}>
        {shown.length === 0 && categories.length > 0 ? 'No category is found by this.' : ''}
      </output>
      <div className={styles.branches}>
        {columnsOf(shown, props.columns ?? 2).map((column) => (
          <ul key={column[0]?.category.id}>
            {column.map((branch) => (
              <BranchBoxes
                key={branch.category.id}
                branch={branch}
                chosen={chosen}
                already={already}
                isFiltered={typed.trim() !== ''}
                onChange={change}
              />
            ))}
          </ul>
        ))}
      </div>
    </fieldset>
  );
}

/** Each stays in its column, so that what opens moves only what is below it. */
function columnsOf(branches: readonly Branch[], columns: number): readonly (readonly Branch[])[] {
  const length = Math.ceil(branches.length / columns);
  return Array.from({ length: columns }, (_, at) =>
    branches.slice(at * length, (at + 1) * length),
  ).filter((column) => column.length > 0);
}

function BranchBoxes(props: {
  readonly branch: Branch;
  readonly chosen: readonly string[];
  readonly already: ReadonlySet<string>;
  readonly isFiltered: boolean;
  readonly onChange: (id: string, isTicked: boolean) => void;
}) {
  const { branch, chosen, already, isFiltered, onChange } = props;
  const { category, children } = branch;
  const has = ({ id }: Category) => already.has(id) || chosen.includes(id);
  const isTicked = has(category);
  return (
    <li>
      <CheckBox
        isSelected={isTicked}
        isDisabled={already.has(category.id)}
        onChange={(ticked) => onChange(category.id, ticked)}
      >
        {category.name}
      </CheckBox>
      {children.length > 0 && (isTicked || isFiltered) ? (
        <ul className={styles.children} aria-label={`Under ${category.name}`}>
          {children.map((child) => (
            <li key={child.id}>
              <CheckBox
                isSelected={has(child)}
                isDisabled={already.has(child.id)}
                onChange={(ticked) => onChange(child.id, ticked)}
              >
                {child.name}
              </CheckBox>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
