/** Tick boxes and radio buttons. */
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  Radio,
  RadioGroup as AriaRadioGroup,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import type { FieldProps } from './field-words.tsx';
import { FieldHint, FieldLabel, FieldProblem, isWrong } from './field-words.tsx';
import field from './field.module.css';
import styles from './choices.module.css';

export interface CheckBoxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  readonly id?: string;
  readonly isInvalid?: boolean;
}

export function CheckBox(props: CheckBoxProps) {
  return (
    <AriaCheckbox
      className={classNames(styles.choice)}
      isSelected={props.isSelected}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
      isInvalid={props.isInvalid ?? false}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <span className={styles.square} aria-hidden="true">
        <Check size="0.95em" strokeWidth={3.5} />
      </span>
      <span className={styles.choiceWords}>{props.children}</span>
    </AriaCheckbox>
  );
}

export interface Option<Id extends string = string> {
  readonly id: Id;
  readonly text: string;
  readonly hint?: string;
}

export interface RadioGroupProps<Id extends string> extends FieldProps {
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly options: readonly Option<Id>[];
  /** Beside each other rather than below. */
  readonly isInline?: boolean;
}

export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>) {
  return (
    <AriaRadioGroup
      className={classNames(field.field)}
      value={props.value}
      onChange={(value) => props.onChange(value as Id)}
      isInvalid={isWrong(props.error)}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <FieldLabel {...props} />
      <FieldHint>{props.hint}</FieldHint>
      <div className={classNames(styles.options, props.isInline && styles.inline)}>
        {props.options.map((option) => (
          <Radio key={option.id} value={option.id} className={classNames(styles.choice)}>
            <span className={styles.round} aria-hidden="true" />
            <span className={styles.choiceWords}>
              {option.text}
              {option.hint === undefined ? null : (
                <span className={styles.choiceHint}>{option.hint}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldProblem error={props.error} />
    </AriaRadioGroup>
  );
}
