/** What has happened to the person's unfinished entries without them: told until they say that they have read it. */
import { useQueryClient } from '@tanstack/react-query';
import type { DraftLoss } from '../../src-shared/vault.ts';
import { ask } from '../app/ask.ts';
import type { Failure } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useTimeZone } from '../design/time-zone.tsx';
import { lossWords } from '../draft/loss-words.ts';
import styles from './unfinished-list.module.css';

export function DraftLosses(props: {
  readonly losses: readonly DraftLoss[];
  readonly onFailure: (failure: Failure | null) => void;
}) {
  const client = useQueryClient();
  const timeZone = useTimeZone();
  const noteSeen = async (id: string): Promise<void> => {
    const answer = await ask('noteLossesSeen', { ids: [id] });
    props.onFailure(answer.ok ? null : answer);
    void client.invalidateQueries({ queryKey: ['listDrafts'] });
  };
  return props.losses.map((loss) => {
    const { title, text } = lossWords(loss, timeZone);
    return (
      <div key={loss.id} className={styles.loss}>
        <Notice tone="error" title={title} announced="alert">
          <p>{text}</p>
          <Button
            isSmall
            label={`I have read this: ${title}`}
            onPress={() => void noteSeen(loss.id)}
          >
            I have read this
          </Button>
        </Notice>
      </div>
    );
  });
}
