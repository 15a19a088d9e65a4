/** Signed in without the server: what works, and once it is there again, how to read again. */
import { useAsk } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import styles from './offline-bar.module.css';
import { usePasswordAsked } from './password-asked.ts';
import { useSession } from './session-store.ts';

export function OfflineBar() {
  const { offline, keys } = useSession();
  const { value: link } = useAsk('readLink', {});
  const askForPassword = usePasswordAsked((store) => store.ask);
  const isBack = link === 'online';
  return (
    <output className={styles.place}>
      {keys.is === 'locked' ? (
        <div className={styles.bar}>
          <Notice tone="warning" title="What you type is not being saved.">
            <span className={styles.words}>
              Part of Meadowlark had to start again and needs your password.
              <Button isSmall onPress={askForPassword}>
                Enter password
              </Button>
            </span>
          </Notice>
        </div>
      ) : offline ? (
        <div className={styles.bar}>
          <Notice
            tone="info"
            isQuiet
            title={isBack ? 'The school’s server can be reached again.' : 'Working offline.'}
          >
            <span className={styles.words}>
              {isBack
                ? 'Sign in again to read. What you write is saved and sent either way.'
                : 'You can write and submit: it is sent by itself. Alerts and incidents cannot be read until the school’s server is reached.'}
              {isBack ? (
                <Button isSmall onPress={askForPassword}>
                  Sign in again
                </Button>
              ) : null}
            </span>
          </Notice>
        </div>
      ) : null}
    </output>
  );
}
