/** **Lock**: saves, ends the page and the keys, and asks for the password to come back to the same place. */
import { Lock } from 'lucide-react';
import { sentenceOf } from '../../src-shared/contract/errors.ts';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { useToasts } from '../design/toast.tsx';

const SHOWN_MS = 10_000;

export function LockButton() {
  const lock = useSend('lock');
  return (
    <Button
      icon={<Lock size="1.1em" aria-hidden="true" />}
      isBusy={lock.isSending}
      onPress={() => void press()}
    >
      Lock
    </Button>
  );

  async function press(): Promise<void> {
    // Main tells the page to save first. After a lock this page is gone, and with it the answer.
    const answer = await lock.send({});
    if (!answer.ok) {
      useToasts.getState().show({ text: sentenceOf(answer), until: Date.now() + SHOWN_MS });
    }
  }
}
