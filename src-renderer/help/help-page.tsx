/** User Guide and FAQ: the school's own entries, as the school wrote them. */
import { Page } from '../app/page.tsx';
import { EmptyList } from '../design/panel.tsx';
import { useSession } from '../session/session-store.ts';
import styles from './help-page.module.css';

const TITLES = { userGuide: 'User Guide', frequentQuestions: 'FAQ' } as const;

export function HelpPage(props: { readonly of: keyof typeof TITLES }) {
  const { school } = useSession();
  const entries = school[props.of];
  return (
    <Page
      title={TITLES[props.of]}
      heading={props.of === 'userGuide' ? 'User Guide' : 'Frequently asked questions'}
      width="reading"
    >
      {entries.length === 0 ? (
        <EmptyList>
          {props.of === 'userGuide'
            ? `${school.name} has not written a guide yet. It would be here.`
            : `${school.name} has not answered any questions here yet.`}
        </EmptyList>
      ) : (
        <div className={styles.entries}>
          {entries.map((entry, index) => (
            <details
              // Entries have no ids, and two may have one heading; their order is theirs alone.
              // oxlint-disable-next-line react/no-array-index-key -- the list never changes while shown
              key={index}
              className={styles.entry}
              open={entries.length === 1}
            >
              <summary>
                <h2>{entry.heading}</h2>
              </summary>
              <p>{entry.text}</p>
            </details>
          ))}
        </div>
      )}
    </Page>
  );
}
