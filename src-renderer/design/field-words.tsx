/** The words around a field: its hint above the box and its error below. */
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** What every field takes. `id` is the box's own, for the error summary to lead to. */
export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and how to put it right; null or absent where nothing is. */
  readonly error?: string | null;
  readonly id?: string;
  /** Says "(optional)" beside the label. */
  readonly isOptional?: boolean;
}

export function FieldLabel(props: Pick<FieldProps, 'label' | 'isOptional'>) {
  return (
    <Label className={classNames(styles.label)}>
      {props.label}
      {props.isOptional === true ? <span className={styles.optional}> (optional)</span> : null}
    </Label>
  );
}

export function FieldHint(props: { readonly children: ReactNode }) {
  if (props.children === undefined || props.children === null) return null;
  return (
    <Text slot="description" className={classNames(styles.hint)}>
      {props.children}
    </Text>
  );
}

export function FieldProblem(props: { readonly error: string | null | undefined }) {
  if (props.error === undefined || props.error === null) return null;
  return (
    <FieldError className={classNames(styles.error)}>
      <CircleAlert size="1.1em" aria-hidden="true" />
      <span>{props.error}</span>
    </FieldError>
  );
}

/** Whether there is an error to show. */
export function isWrong(error: string | null | undefined): boolean {
  return error !== undefined && error !== null;
}
