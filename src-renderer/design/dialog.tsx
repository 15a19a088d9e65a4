/** A dialog over the page. The focus stays in it and goes back where it was. */
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Escape and the like; absent where the dialog has to be answered. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
  /** Its buttons, the main one last. */
  readonly actions?: ReactNode;
  /** `alertdialog`: asks before something is lost. */
  readonly role?: 'dialog' | 'alertdialog';
  /** Covers the page wholly: what stands on it is not for whoever looks at the screen now. */
  readonly isOpaque?: boolean;
}

export function Dialog(props: DialogProps) {
  const mayClose = props.onClose !== undefined;
  return (
    <ModalOverlay
      className={classNames(styles.veil, props.isOpaque && styles.opaque)}
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose?.();
      }}
      isKeyboardDismissDisabled={!mayClose}
    >
      <Modal className={classNames(styles.modal)}>
        <AriaDialog className={classNames(styles.dialog)} role={props.role ?? 'dialog'}>
          <Heading slot="title" level={2} className={classNames(styles.title)}>
            {props.title}
          </Heading>
          {props.children}
          {props.actions === undefined ? null : (
            <div className={styles.actions}>{props.actions}</div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
