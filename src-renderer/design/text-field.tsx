/** Fields for typed text: one line, or an area that grows with what is in it. */
import { Input, TextArea as AriaTextArea, TextField as AriaTextField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import type { FieldProps } from './field-words.tsx';
import { FieldHint, FieldLabel, FieldProblem, isWrong } from './field-words.tsx';
import { useFocusAtStart } from './focus-at-start.ts';
import styles from './field.module.css';

interface TypedProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly maxLength?: number;
}

export interface TextFieldProps extends TypedProps {
  readonly type?: 'text' | 'email' | 'search';
  readonly autoComplete?: string;
  readonly spellCheck?: boolean;
  /** The person came for this field. */
  readonly takesFocus?: boolean;
}

export function TextField(props: TextFieldProps) {
  const box = useFocusAtStart<HTMLInputElement>(props.takesFocus ?? false);
  return (
    <AriaTextField
      className={classNames(styles.field)}
      {...given(props)}
      type={props.type ?? 'text'}
      autoComplete={props.autoComplete ?? 'off'}
      spellCheck={props.spellCheck === true ? 'true' : 'false'}
    >
      <FieldLabel {...props} />
      <FieldHint>{props.hint}</FieldHint>
      <Input className={classNames(styles.box)} placeholder={props.placeholder ?? ''} ref={box} />
      <FieldProblem error={props.error} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends TypedProps {
  /** Rows that are there before anything is typed. */
  readonly rows?: 3 | 5 | 7;
}

export function TextArea(props: TextAreaProps) {
  return (
    <AriaTextField className={classNames(styles.field)} {...given(props)} spellCheck="true">
      <FieldLabel {...props} />
      <FieldHint>{props.hint}</FieldHint>
      <AriaTextArea
        className={classNames(styles.box, styles.tall, styles[`rows${props.rows ?? 5}`])}
        placeholder={props.placeholder ?? ''}
      />
      <FieldProblem error={props.error} />
    </AriaTextField>
  );
}

function given(props: TypedProps) {
  return {
    value: props.value,
    onChange: props.onChange,
    isInvalid: isWrong(props.error),
    // The form says what is wrong in its own words; the browser's bubbles would stop it before.
    validationBehavior: 'aria' as const,
    ...(props.id === undefined ? {} : { id: props.id }),
    ...(props.maxLength === undefined ? {} : { maxLength: props.maxLength }),
  };
}
