/** A password field: can be shown, and says when Caps Lock is on. */
import { ArrowBigUpDash, Eye, EyeOff } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { Button as AriaButton, Input, TextField as AriaTextField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import type { FieldProps } from './field-words.tsx';
import { useFocusAtStart } from './focus-at-start.ts';
import { FieldHint, FieldLabel, FieldProblem, isWrong } from './field-words.tsx';
import field from './field.module.css';
import styles from './password-field.module.css';

export interface PasswordFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: 'current-password' | 'new-password';
  /** The person came for this field. */
  readonly takesFocus?: boolean;
}

export function PasswordField(props: PasswordFieldProps) {
  const box = useFocusAtStart<HTMLInputElement>(props.takesFocus ?? false);
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const noteCapsLock = (event: KeyboardEvent<HTMLInputElement>) =>
    setCapsLock(event.getModifierState('CapsLock'));
  return (
    <AriaTextField
      className={classNames(field.field)}
      value={props.value}
      onChange={props.onChange}
      type={isShown ? 'text' : 'password'}
      autoComplete={props.autoComplete}
      spellCheck="false"
      isInvalid={isWrong(props.error)}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <FieldLabel {...props} />
      <FieldHint>{props.hint}</FieldHint>
      <div className={styles.row}>
        <Input
          ref={box}
          className={classNames(field.box, styles.box)}
          onKeyDown={noteCapsLock}
          onKeyUp={noteCapsLock}
          onBlur={() => setCapsLock(false)}
        />
        {/* A slot of its own: the field's context is not for this button. */}
        <AriaButton
          slot={null}
          className={classNames(styles.show)}
          aria-label={`${isShown ? 'Hide' : 'Show'} ${props.label.toLowerCase()}`}
          onPress={() => setShown(!isShown)}
        >
          {isShown ? (
            <EyeOff size="1.1em" aria-hidden="true" />
          ) : (
            <Eye size="1.1em" aria-hidden="true" />
          )}
          <span>{isShown ? 'Hide' : 'Show'}</span>
        </AriaButton>
      </div>
      <output className={styles.capsLock}>
        {hasCapsLock ? (
          <>
            <ArrowBigUpDash size="1.25em" aria-hidden="true" />
            <span>Caps Lock is on.</span>
          </>
        ) : null}
      </output>
      <FieldProblem error={props.error} />
    </AriaTextField>
  );
}
