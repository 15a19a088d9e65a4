/** Contact Support (S36): the school's own support, and whom to tell when a child may be at risk now. */
import { ExternalLink, Mail } from 'lucide-react';
import { FailureNotice } from '../app/failure-notice.tsx';
import { Page } from '../app/page.tsx';
import { useSend } from '../app/use-ask.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { useSession } from '../session/session-store.ts';
import styles from './contact-support-page.module.css';

export function ContactSupportPage() {
  const { school } = useSession();
  const { support, safeguardingContact } = school;
  const contact = useSend('contactSupport');
  return (
    <Page title="Contact Support" width="reading">
      <Notice tone="warning" title="Worried about a child now?">
        Do not write to support. Tell {safeguardingContact.name},{' '}
        <strong className={styles.number}>{safeguardingContact.number}</strong>.
      </Notice>
      <Panel heading={`Help with Meadowlark at ${school.name}`}>
        <div className={styles.ways}>
          {support.email === null ? null : (
            <div className={styles.way}>
              <p>
                E-mail: <strong>{support.email}</strong>
              </p>
              <Button
                kind="primary"
                icon={<Mail size="1.1em" aria-hidden="true" />}
                isBusy={contact.isSending}
                onPress={() => void contact.send({ by: 'email' })}
              >
                Write an e-mail
              </Button>
            </div>
          )}
          {support.link === null ? null : (
            <div className={styles.way}>
              <p>
                Support page: <strong>{support.link}</strong>
              </p>
              <Button
                kind={support.email === null ? 'primary' : 'quiet'}
                icon={<ExternalLink size="1.1em" aria-hidden="true" />}
                isBusy={contact.isSending}
                onPress={() => void contact.send({ by: 'link' })}
              >
                Open in the browser
              </Button>
            </div>
          )}
          <FailureNotice failure={contact.failure} />
          <p className={styles.advice}>
            Say what you were doing and what happened. Leave out students’ names: e-mail is no place
            for them.
          </p>
        </div>
      </Panel>
    </Page>
  );
}
