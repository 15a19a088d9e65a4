/** The address that the school holds for a person, as sign-in and first use ask for it. */
import { Email } from '../../src-shared/contract/values.ts';
import { TextField } from '../design/text-field.tsx';

export function isEmail(typed: string): boolean {
  return Email.safeParse(typed).success;
}

export function EmailField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Said only after the form's button was pressed. */
  readonly isWrongSaid: boolean;
  readonly hint?: string;
  readonly takesFocus?: boolean;
}) {
  const { value, onChange, isWrongSaid, ...rest } = props;
  return (
    <TextField
      {...rest}
      label="Email address"
      type="email"
      autoComplete="username"
      value={value}
      onChange={onChange}
      error={
        isWrongSaid && !isEmail(value)
          ? 'Enter the e-mail address that the school holds for you.'
          : null
      }
    />
  );
}
