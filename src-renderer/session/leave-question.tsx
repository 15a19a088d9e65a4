/** Asks before a person leaves with something unfinished: it is kept, and nobody has been told (guide 9). */
import { useEffect, useState } from 'react';
import { unsentOf, useKeptForms } from '../app/kept-forms.ts';
import { useAsk } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { saveAllNow } from '../draft/drafts.ts';
import { leaveWords } from '../draft/leave-words.ts';

export interface Unfinished {
  /** Whether there is anything to be asked about. */
  readonly is: boolean;
  readonly unsent: readonly string[];
  readonly drafts: number;
}

/** What is unfinished here: in the page, and among the person's drafts on this computer. */
export function useUnfinished(): Unfinished {
  const unsent = unsentOf(useKeptForms((kept) => kept.forms));
  const { value } = useAsk('listDrafts', {});
  const drafts = Math.max(value?.drafts.length ?? 0, unsent.length);
  return { is: drafts > 0, unsent, drafts };
}

/** "Not submitted: nobody has been told yet.", and whether it is kept. Saves as it appears. */
export function LeaveWords(props: {
  readonly unfinished: Unfinished;
  readonly isAllSaved: boolean | null;
}) {
  const { unsent, drafts } = props.unfinished;
  return (
    <Notice tone="warning" title="Not submitted: nobody has been told yet." announced="status">
      {leaveWords({ unsent, drafts, isAllSaved: props.isAllSaved })}
    </Notice>
  );
}

/** Saves everything once `isAsking`; null until it is known whether all is on the disk. */
export function useAllSaved(isAsking: boolean): boolean | null {
  const [isAllSaved, setAllSaved] = useState<boolean | null>(null);
  useEffect(() => {
    if (!isAsking) return undefined;
    let isWanted = true;
    void (async () => {
      const isSaved = await saveAllNow();
      if (isWanted) setAllSaved(isSaved);
    })();
    return () => {
      isWanted = false;
      setAllSaved(null);
    };
  }, [isAsking]);
  return isAllSaved;
}

export function LeaveQuestion(props: {
  readonly isOpen: boolean;
  readonly title: string;
  /** The button that goes on: "Log out". */
  readonly goOnLabel: string;
  readonly isBusy?: boolean;
  /** Covers the page: what stands on it is not for whoever looks at the screen now. */
  readonly isOpaque?: boolean;
  readonly onGoOn: () => void;
  readonly onStay: () => void;
}) {
  const unfinished = useUnfinished();
  const isAllSaved = useAllSaved(props.isOpen);
  return (
    <Dialog
      title={props.title}
      role="alertdialog"
      isOpen={props.isOpen}
      isOpaque={props.isOpaque ?? false}
      onClose={props.onStay}
      actions={
        <>
          <Button
            kind={isAllSaved === false ? 'danger' : 'quiet'}
            isBusy={props.isBusy ?? false}
            isDisabled={isAllSaved === null}
            onPress={props.onGoOn}
          >
            {isAllSaved === false ? `${props.goOnLabel} and lose it` : props.goOnLabel}
          </Button>
          <Button kind="primary" onPress={props.onStay}>
            Stay and go on writing
          </Button>
        </>
      }
    >
      <LeaveWords unfinished={unfinished} isAllSaved={isAllSaved} />
    </Dialog>
  );
}
