/** A form with one button that sends it: why it was refused, and how long to wait, stand above the button. */
import type { ReactNode } from 'react';
import { FailureNotice, useWaitLeft } from '../app/failure-notice.tsx';
import type { Failure } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';

export interface SendFormProps {
  readonly sender: { readonly isSending: boolean; readonly failure: Failure | null };
  /** With the form's element, for `focusFirstWrong`. */
  readonly onSend: (form: HTMLFormElement) => Promise<void>;
  readonly label: string;
  readonly busyLabel: string;
  readonly className: string | undefined;
  /** Of the place of the button. */
  readonly buttonClassName?: string | undefined;
  readonly children: ReactNode;
  /** A field says the failure already. */
  readonly isFailureSaid?: boolean;
  /** Between the failure and the button. */
  readonly notice?: ReactNode;
  /** Before the button, in its place. */
  readonly beside?: ReactNode;
  /** Below the button. */
  readonly under?: ReactNode;
}

export function SendForm(props: SendFormProps) {
  const { isSending, failure } = props.sender;
  const waitLeft = useWaitLeft(failure);
  return (
    <form
      className={props.className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void props.onSend(event.currentTarget);
      }}
    >
      {props.children}
      {props.isFailureSaid === true ? null : <FailureNotice failure={failure} />}
      {props.notice}
      <div className={props.buttonClassName}>
        {props.beside}
        <Button
          kind="primary"
          type="submit"
          isBusy={isSending}
          busyLabel={props.busyLabel}
          isDisabled={waitLeft > 0}
        >
          {props.label}
        </Button>
      </div>
      {props.under}
    </form>
  );
}
