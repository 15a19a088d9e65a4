/** Account Settings: how the page reads, the password, and ending one's sessions elsewhere. */
import { Page } from '../app/page.tsx';
import styles from './account-page.module.css';
import { ReadingPanel } from './reading-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { EverywherePanel } from './everywhere-panel.tsx';

export function AccountPage() {
  return (
    <Page title="Account Settings">
      <div className={styles.columns}>
        <div className={styles.column}>
          <ReadingPanel />
          <EverywherePanel />
        </div>
        <PasswordPanel />
      </div>
    </Page>
  );
}
