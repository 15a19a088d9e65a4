/** A computer without a school file, or with a damaged one: what to do, and a button that does it. */
import { useQueryClient } from '@tanstack/react-query';
import { FileInput } from 'lucide-react';
import type { ComputerView } from '../../src-shared/bridge.ts';
import { FailureNotice } from '../app/failure-notice.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { SignedOutFrame } from './signed-out-frame.tsx';
import styles from './signed-out.module.css';

export function NoSchool(props: { readonly computer: ComputerView }) {
  const client = useQueryClient();
  const open = useSend('openSchoolFile');
  const isDamaged = props.computer.schoolFile === 'damaged';

  async function choose() {
    const answer = await open.send({});
    if (answer.ok) client.setQueryData(['readComputer', {}], answer.value);
  }

  return (
    <SignedOutFrame computer={props.computer} schoolName={null} title="Login">
      <div className={styles.form}>
        <h1 className={styles.heading}>
          {isDamaged
            ? 'The school file of this computer is damaged.'
            : 'This computer has not been set up for a school yet.'}
        </h1>
        {isDamaged ? (
          <Notice tone="warning">
            Meadowlark cannot tell which school this computer belongs to, so nobody can sign in
            here. A new school file puts it right.
          </Notice>
        ) : null}
        <ol className={styles.steps}>
          <li>
            Ask IT for your school’s Meadowlark school file. It is one small file, and IT may
            already have put it on this computer.
          </li>
          <li>Open it here. Meadowlark then knows your school, and you sign in.</li>
        </ol>
        <FailureNotice failure={open.failure} />
        <div className={styles.main}>
          <Button
            kind="primary"
            icon={<FileInput size="1.1em" aria-hidden="true" />}
            isBusy={open.isSending}
            busyLabel="Opening"
            onPress={() => void choose()}
          >
            Open the school file
          </Button>
        </div>
        <p>Need to report a concern now? Tell the safeguarding lead in person.</p>
      </div>
    </SignedOutFrame>
  );
}
