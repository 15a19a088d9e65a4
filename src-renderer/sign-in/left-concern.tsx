/** What became of a concern that somebody left on the screen without sending it, said to whoever comes next. */
import { useEffect } from 'react';
import type { ComputerView, LeftConcern } from '../../src-shared/bridge.ts';
import { ask } from '../app/ask.ts';
import { useAsk } from '../app/use-ask.ts';
import { Notice, type NoticeProps } from '../design/notice.tsx';

const WORDS: Readonly<
  Record<LeftConcern, { readonly tone: NoticeProps['tone']; readonly text: string }>
> = {
  all: {
    tone: 'info',
    text: 'The form was closed because nobody went on with it. What was written in it is sealed on this computer, and it is sent to the safeguarding team by itself.',
  },
  trying: {
    tone: 'warning',
    text: 'The form was closed because nobody went on with it, and this computer’s disk would not take all that was written in it. It is tried again for as long as Meadowlark stays open. Leave it open, and tell IT.',
  },
  'not-all': {
    tone: 'error',
    text: 'The form was closed because nobody went on with it, and what was written last in it is lost. What was saved before that is sent to the safeguarding team by itself.',
  },
};

export function LeftConcernNotice(props: { readonly computer: ComputerView }) {
  const { value: left } = useAsk('readLeftConcern', {});
  const { safeguardingContact: contact } = props.computer;
  if (left === undefined || left === null) return null;
  const { tone, text } = WORDS[left];
  const whom =
    contact === null ? 'the safeguarding lead in person' : `${contact.name}, ${contact.number}`;
  return (
    <Notice tone={tone} title="A concern was being written here." announced="status">
      {text} {left === 'all' ? null : `If you wrote it, do not wait: tell ${whom}.`}
    </Notice>
  );
}

/** Tells main whether the form for a concern is on the screen: it is not left there for everybody to read. */
export function useNotedConcern(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return undefined;
    void ask('noteConcernShown', { isShown: true });
    return () => void ask('noteConcernShown', { isShown: false });
  }, [isShown]);
}
