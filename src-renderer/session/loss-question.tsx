/** Asks before typed text is lost, in words that say what is lost. */
import { listed, unsentOf, useKeptForms } from '../app/kept-forms.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';

/** "Not submitted: nobody has been told yet." with what it is about. */
export function NotSubmitted(props: { readonly unsent: readonly string[] }) {
  return (
    <Notice tone="warning" title="Not submitted: nobody has been told yet.">
      {`What you typed in ${listed(props.unsent)} will be lost.`}
    </Notice>
  );
}

/** What would be lost now. */
export function useUnsent(): readonly string[] {
  const forms = useKeptForms((kept) => kept.forms);
  return unsentOf(forms);
}

export function LossQuestion(props: {
  readonly isOpen: boolean;
  readonly title: string;
  /** The button that goes on: "Log out and lose it". */
  readonly goOnLabel: string;
  readonly isBusy?: boolean;
  readonly onGoOn: () => void;
  readonly onStay: () => void;
}) {
  const unsent = useUnsent();
  return (
    <Dialog
      title={props.title}
      role="alertdialog"
      isOpen={props.isOpen}
      onClose={props.onStay}
      actions={
        <>
          <Button kind="danger" isBusy={props.isBusy ?? false} onPress={props.onGoOn}>
            {props.goOnLabel}
          </Button>
          <Button kind="primary" onPress={props.onStay}>
            Stay and go on writing
          </Button>
        </>
      }
    >
      <NotSubmitted unsent={unsent} />
    </Dialog>
  );
}
