/** The quiet frame around sign-in: the school's name at its head, the link's state, the program's name. */
import { WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { ComputerView } from '../../src-shared/bridge.ts';
import type { PageTitle } from '../../src-shared/page-titles.ts';
import { wordsOfLink } from '../app/link-words.ts';
import { windowTitle } from '../app/page.tsx';
import { useAsk } from '../app/use-ask.ts';
import { NobodyAlertedHere } from '../custody/queue-line.tsx';
import { Lark } from '../design/lark.tsx';
import styles from './signed-out.module.css';

export function SignedOutFrame(props: {
  readonly computer: ComputerView;
  readonly schoolName: string | null;
  readonly title: PageTitle;
  readonly children: ReactNode;
}) {
  const { schoolName, title, computer } = props;
  const { value: link } = useAsk('readLink', {}, { isOff: schoolName === null });
  const words = link === undefined ? null : wordsOfLink(link);
  useEffect(() => {
    document.title = schoolName === null ? 'Meadowlark' : windowTitle(schoolName, title);
  }, [schoolName, title]);
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <Lark />
        <p className={styles.school}>{schoolName ?? 'Meadowlark'}</p>
      </header>
      <main className={styles.card}>
        {schoolName === null ? null : <NobodyAlertedHere contact={computer.safeguardingContact} />}
        {props.children}
      </main>
      <footer className={styles.footer}>
        <output className={styles.link}>
          {words === null ? null : (
            <>
              <WifiOff size="1em" aria-hidden="true" />
              {words}
            </>
          )}
        </output>
        <p>
          Meadowlark {computer.version} · {computer.computerName}
        </p>
      </footer>
    </div>
  );
}
