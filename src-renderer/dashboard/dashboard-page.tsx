/** Dashboard (S6 to S10): Recently Viewed at the left; Alert, My Assigned and My History. */
import { DeliveredNotice } from '../incident/delivered-notice.tsx';
import { useDelivered } from '../incident/delivery.ts';
import { StoreDamagedHere } from '../custody/store-damaged.tsx';
import { Page } from '../app/page.tsx';
import { HeldList } from '../held/held-list.tsx';
import { EarlierDrafts } from '../session/earlier-drafts.tsx';
import { useSession } from '../session/session-store.ts';
import { AlertList } from './alert-list.tsx';
import { AssignedList } from './assigned-list.tsx';
import styles from './dashboard-page.module.css';
import { FurtherLists } from './further-lists.tsx';
import { HistoryList } from './history-list.tsx';
import { RecentlyViewed } from './recently-viewed.tsx';
import { UnfinishedList } from './unfinished-list.tsx';

export function DashboardPage() {
  const delivered = useDelivered();
  const { staff } = useSession();
  return (
    <Page title="Dashboard" width="full" aside={<FurtherLists />}>
      {delivered === null ? null : (
        <DeliveredNotice key={delivered.submissionId} delivered={delivered} />
      )}
      <StoreDamagedHere />
      <UnfinishedList />
      <EarlierDrafts />
      {staff.isKeyUser ? <HeldList /> : null}
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
