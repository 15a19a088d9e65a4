/** Before sending: the line that says who will be told, and behind it everyone by name (S28). */
import type { Staff } from '../../src-shared/contract/staff.ts';
import { WOULD_NOT_SEE } from '../staff/staff-picker.tsx';
import { toldSentence, type Told } from './who-is-told.ts';
import styles from './told-line.module.css';

export function WhoIsTold(props: { readonly told: Told }) {
  const { team, others } = props.told;
  return (
    <div className={styles.told}>
      <output>{toldSentence(props.told)}</output>
      {team.length + others.length === 0 ? null : (
        <details className={styles.everyone}>
          <summary>Names of everyone who will be told</summary>
          <Names heading="The safeguarding team" people={team} />
          <Names heading="Others" people={others} />
        </details>
      )}
    </div>
  );
}

/** Those in red say so in words too: at their heading where it holds for all of them. */
export function Names(props: { readonly heading: string; readonly people: readonly Staff[] }) {
  if (props.people.length === 0) return null;
  const areAllRed = props.people.every(({ isKeyUser }) => !isKeyUser);
  return (
    <div>
      <p className={styles.heading}>
        {props.heading}
        {areAllRed ? ` (${WOULD_NOT_SEE})` : null}
      </p>
      <ul className={styles.names}>
        {props.people.map((one) => (
          <li key={one.id} className={one.isKeyUser ? undefined : styles.red}>
            {one.name}
            {one.isKeyUser || areAllRed ? null : ` (${WOULD_NOT_SEE})`}
          </li>
        ))}
      </ul>
    </div>
  );
}
