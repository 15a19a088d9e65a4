/** What stands around every page after sign-in (S5, S11, guide section 8). */
import { Bell, FilePlus2, LogOut, WifiOff } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { classNames } from '../design/class-names.ts';
import { Button } from '../design/button.tsx';
import { TimeZoneProvider } from '../design/time-zone.tsx';
import { ToastBar } from '../design/toast.tsx';
import { NobodyAlertedBar, QueueLine } from '../custody/queue-line.tsx';
import { NotedWhereabouts } from '../draft/whereabouts.tsx';
import { useApplied } from '../account/appearance.ts';
import { LeaveQuestion, useUnfinished } from '../session/leave-question.tsx';
import { LockButton } from '../session/lock-button.tsx';
import { OfflineBar } from '../session/offline-bar.tsx';
import { useSession } from '../session/session-store.ts';
import { SignInAgain } from '../session/sign-in-again.tsx';
import { logOut } from '../session/start-session.ts';
import { PLACES } from './go.ts';
import { LoadedLists } from './load-lists.tsx';
import { wordsOfLink } from './link-words.ts';
import { PageLink } from './page-link.tsx';
import { Pages } from './pages.tsx';
import { useAsk } from './use-ask.ts';
import styles from './frame.module.css';

export function Frame() {
  const { school, preferences } = useSession();
  useApplied(preferences);
  return (
    <TimeZoneProvider timeZone={school.timeZone}>
      <div className={styles.frame}>
        <a
          className={styles.skip}
          href="#content"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('content')?.focus();
          }}
        >
          Skip to the page
        </a>
        <header className={styles.bars}>
          <TopStrip />
          <Bar />
        </header>
        <NobodyAlertedBar />
        <OfflineBar />
        <main id="content" tabIndex={-1} className={styles.content}>
          {/* Before the page, whose heading gets the focus: Undo is one step back from there. */}
          <ToastBar />
          <Pages />
        </main>
        <Footer />
      </div>
      <SignInAgain />
      <NotedWhereabouts />
      <LoadedLists />
    </TimeZoneProvider>
  );
}

function TopStrip() {
  const [at] = useLocation();
  return (
    <div className={styles.strip}>
      <nav aria-label="Help" className={styles.help}>
        {(
          [
            [PLACES.userGuide, 'User Guide'],
            [PLACES.contactSupport, 'Contact Support'],
            [PLACES.frequentQuestions, 'FAQ'],
          ] as const
        ).map(([to, words]) => (
          <PageLink key={to} to={to} className={styles.stripLink} isCurrent={at === to}>
            {words}
          </PageLink>
        ))}
      </nav>
      <p className={styles.duty}>
        It is your responsibility to logout and protect the security of student data.
      </p>
      <QueueLine />
      <LinkWords />
    </div>
  );
}

function LinkWords() {
  const { value } = useAsk('readLink', {});
  const words = value === undefined ? null : wordsOfLink(value);
  return (
    <output className={styles.link}>
      {words === null ? null : (
        <span className={styles.linkWords}>
          <WifiOff size="1em" aria-hidden="true" />
          {words}
        </span>
      )}
    </output>
  );
}

function Bar() {
  const [at] = useLocation();
  const { school } = useSession();
  return (
    <div className={styles.bar}>
      <p className={styles.school}>{school.name}</p>
      <nav aria-label="Main" className={styles.nav}>
        <PageLink
          to={PLACES.dashboard}
          className={styles.navLink}
          isCurrent={at === PLACES.dashboard}
        >
          Dashboard
        </PageLink>
        <PageLink to={PLACES.account} className={styles.navLink} isCurrent={at === PLACES.account}>
          Account Settings
        </PageLink>
      </nav>
      <div className={styles.doing}>
        <PageLink
          to={PLACES.addIncident}
          className={classNames(styles.add)}
          isCurrent={at === PLACES.addIncident}
        >
          <FilePlus2 size="1.1em" aria-hidden="true" />
          Add Incident
        </PageLink>
        <AlertBell />
        <LockButton />
        <LogOutButton />
      </div>
    </div>
  );
}

/** "3 unread alerts"; leads to the list of them. */
function AlertBell() {
  const { value } = useAsk('listAlerts', {});
  const unread = value?.alerts.length;
  return (
    <PageLink to={PLACES.dashboard} className={styles.bell} label={bellLabel(unread)}>
      <Bell size="1.25em" aria-hidden="true" />
      {unread === undefined || unread === 0 ? null : (
        <span className={styles.count} aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </PageLink>
  );
}

function bellLabel(unread: number | undefined): string {
  if (unread === undefined) return 'Alerts';
  if (unread === 0) return 'No unread alerts';
  return unread === 1 ? '1 unread alert' : `${unread} unread alerts`;
}

function LogOutButton() {
  const unfinished = useUnfinished();
  const [isAsking, setAsking] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    void logOut();
  };
  return (
    <>
      <Button
        icon={<LogOut size="1.1em" aria-hidden="true" />}
        isBusy={isLeaving}
        onPress={() => {
          if (unfinished.is) setAsking(true);
          else leave();
        }}
      >
        LOGOUT
      </Button>
      <LeaveQuestion
        title="Log out without submitting?"
        goOnLabel="Log out"
        isOpen={isAsking}
        isBusy={isLeaving}
        onGoOn={leave}
        onStay={() => setAsking(false)}
      />
    </>
  );
}

function Footer() {
  const { value } = useAsk('readComputer', {});
  const { staff } = useSession();
  return (
    <footer className={styles.footer}>
      <span>Meadowlark{value === undefined ? '' : ` ${value.version}`}</span>
      <span>
        Signed in as {staff.name}
        {value === undefined ? '' : ` on ${value.computerName}`}
      </span>
    </footer>
  );
}
