/** Asks before what was written in a form is cleared: it was not submitted, and nobody knows of it. */
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';

export function ClearQuestion(props: {
  /** "Clear this form?" */
  readonly title: string;
  /** "Clear form": as on the button that asked. */
  readonly label: string;
  readonly isOpen: boolean;
  readonly onClear: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title={props.title}
      role="alertdialog"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button
            kind="danger"
            onPress={() => {
              props.onClose();
              props.onClear();
            }}
          >
            {props.label}
          </Button>
          <Button kind="primary" onPress={props.onClose}>
            Keep writing
          </Button>
        </>
      }
    >
      <p>
        What you have written has not been submitted, and nobody has been told about it. Once it is
        cleared, you have 10 seconds to take it back.
      </p>
    </Dialog>
  );
}
