/** Ways past a long Alert list, to the lists that stand below it; nothing where it is short. */
import { useAsk } from '../app/use-ask.ts';
import styles from './further-lists.module.css';

/** With so many alerts the next list still begins on the first screen. */
const ALERTS_ON_A_SCREEN = 8;

export function FurtherLists() {
  const alerts = useAsk('listAlerts', {}).value?.alerts.length ?? 0;
  const assigned = useAsk('listAssigned', {}).value?.rows.length;
  const history = useAsk('listHistory', {}).value?.rows.length;
  if (alerts <= ALERTS_ON_A_SCREEN) return null;
  return (
    <nav aria-label="Further down" className={styles.lists}>
      <To anchor="my-assigned" words="My Assigned" count={assigned} />
      <To anchor="my-history" words="My History" count={history} />
    </nav>
  );
}

function To(props: {
  readonly anchor: string;
  readonly words: string;
  readonly count: number | undefined;
}) {
  return (
    <a
      href={`#${props.anchor}`}
      className={styles.link}
      onClick={(event) => {
        event.preventDefault();
        const heading = document.getElementById(props.anchor);
        heading?.focus({ preventScroll: true });
        heading?.scrollIntoView();
      }}
    >
      {props.words}
      {props.count === undefined ? null : ` (${props.count})`}
    </a>
  );
}
