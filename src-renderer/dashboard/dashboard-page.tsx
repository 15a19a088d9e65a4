/** Dashboard (S6 to S10): Recently Viewed at the left; Alert, My Assigned and My History. */
import { DeliveredNotice } from '../incident/delivered-notice.tsx';
import { useDelivered } from '../incident/delivery.ts';
import { Page } from '../app/page.tsx';
import { AlertList } from './alert-list.tsx';
import { AssignedList } from './assigned-list.tsx';
import styles from './dashboard-page.module.css';
import { FurtherLists } from './further-lists.tsx';
import { HistoryList } from './history-list.tsx';
import { RecentlyViewed } from './recently-viewed.tsx';
import { UnsentForms } from './unsent-forms.tsx';

export function DashboardPage() {
  const delivered = useDelivered();
  return (
    <Page title="Dashboard" width="full" aside={<FurtherLists />}>
      {delivered === null ? null : (
        <DeliveredNotice key={delivered.receipt.submissionId} delivered={delivered} />
      )}
      <UnsentForms />
      <div className={styles.columns}>
        <div className={styles.lists}>
          <AlertList />
          <AssignedList />
          <HistoryList />
        </div>
        <div className={styles.recent}>
          <RecentlyViewed />
        </div>
      </div>
    </Page>
  );
}
