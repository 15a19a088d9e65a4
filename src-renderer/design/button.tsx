/** Buttons. One `primary` to a page: what the person came to do. */
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { useFocusAtStart } from './focus-at-start.ts';
import { Spinner } from './spinner.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';
import styles from './button.module.css';

export interface ButtonProps {
  readonly children: ReactNode;
  /** `primary`: the page's purpose. `danger`: cannot be taken back. `plain`: looks like a link. */
  readonly kind?: 'primary' | 'quiet' | 'danger' | 'plain';
  readonly onPress?: () => void;
  readonly type?: 'button' | 'submit';
  /** Shows progress; cannot be pressed, but keeps the focus. */
  readonly isBusy?: boolean;
  /** What is going on, in words: "Submitting". Beside the spinner while busy. */
  readonly busyLabel?: string;
  readonly isDisabled?: boolean;
  readonly icon?: ReactNode;
  readonly isSmall?: boolean;
  readonly label?: string;
  readonly describedBy?: string;
  readonly isPressed?: boolean;
  readonly isExpanded?: boolean;
  readonly controls?: string;
  /** The person goes on here: it stands in the place of what had the focus. */
  readonly takesFocus?: boolean;
}

export function Button(props: ButtonProps) {
  const { kind = 'quiet', type = 'button', isBusy = false } = props;
  const busyLabel = props.busyLabel ?? 'One moment';
  const place = useFocusAtStart<HTMLButtonElement>(props.takesFocus ?? false);
  return (
    <>
      <AriaButton
        ref={place}
        className={classNames(styles.button, styles[kind], props.isSmall && styles.small)}
        // Enter in a field must not submit a second time.
        type={isBusy ? 'button' : type}
        isDisabled={props.isDisabled ?? false}
        {...(props.onPress === undefined || isBusy ? {} : { onPress: props.onPress })}
        {...(props.label === undefined ? {} : { 'aria-label': props.label })}
        {...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy })}
        {...(props.isPressed === undefined ? {} : { 'aria-pressed': props.isPressed })}
        {...(props.isExpanded === undefined ? {} : { 'aria-expanded': props.isExpanded })}
        {...(props.controls === undefined ? {} : { 'aria-controls': props.controls })}
        // Not react-aria's isPending: it announces by the button's id, which leads nowhere once the
        // page that the button stood on is gone.
        render={(button) => (
          <button {...button} {...(isBusy ? { 'aria-disabled': true, 'data-busy': true } : {})} />
        )}
      >
        {isBusy ? <Spinner label={busyLabel} isShown={props.busyLabel !== undefined} /> : null}
        {isBusy && props.busyLabel !== undefined ? null : (
          <>
            {isBusy ? null : props.icon}
            <span>{props.children}</span>
          </>
        )}
      </AriaButton>
      {props.isBusy === undefined ? null : (
        <VisuallyHidden>
          <output>{isBusy ? busyLabel : ''}</output>
        </VisuallyHidden>
      )}
    </>
  );
}
