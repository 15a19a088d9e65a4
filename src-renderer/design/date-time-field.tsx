/** Date and time apart (S24), typed or stepped with the arrow keys; British order, 24 hours. */
import type { CalendarDate, Time } from '@internationalized/date';
import {
  DateField as AriaDateField,
  DateInput,
  DateSegment,
  TimeField as AriaTimeField,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import type { FieldProps } from './field-words.tsx';
import { FieldHint, FieldLabel, FieldProblem, isWrong } from './field-words.tsx';
import field from './field.module.css';
import styles from './date-time-field.module.css';

export interface DateFieldProps extends FieldProps {
  readonly value: CalendarDate | null;
  readonly onChange: (value: CalendarDate | null) => void;
}

export function DateField(props: DateFieldProps) {
  return (
    <AriaDateField
      className={classNames(field.field)}
      value={props.value}
      onChange={props.onChange}
      isInvalid={isWrong(props.error)}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <FieldLabel {...props} />
      <FieldHint>{props.hint}</FieldHint>
      <DateInput className={classNames(field.box, styles.segments)}>
        {(segment) => <DateSegment segment={segment} className={classNames(styles.segment)} />}
      </DateInput>
      <FieldProblem error={props.error} />
    </AriaDateField>
  );
}

export interface TimeFieldProps extends FieldProps {
  readonly value: Time | null;
  readonly onChange: (value: Time | null) => void;
}

export function TimeField(props: TimeFieldProps) {
  return (
    <AriaTimeField
      className={classNames(field.field)}
      value={props.value}
      onChange={props.onChange}
      hourCycle={24}
      shouldForceLeadingZeros
      isInvalid={isWrong(props.error)}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <FieldLabel {...props} />
      <FieldHint>{props.hint}</FieldHint>
      <DateInput className={classNames(field.box, styles.segments)}>
        {(segment) => <DateSegment segment={segment} className={classNames(styles.segment)} />}
      </DateInput>
      <FieldProblem error={props.error} />
    </AriaTimeField>
  );
}
