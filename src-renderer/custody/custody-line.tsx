/** The custody line: an icon and words; green only by the school's receipt. */
import { CircleCheck, Eye, HardDrive, Send, TriangleAlert } from 'lucide-react';
import { useNow, useTimeZone } from '../design/time-zone.tsx';
import { custodyWords, type Custody } from './custody.ts';
import styles from './custody-line.module.css';

const ICONS = {
  waiting: HardDrive,
  sending: Send,
  delivered: CircleCheck,
  held: CircleCheck,
  opened: Eye,
  damaged: TriangleAlert,
  differs: TriangleAlert,
};

export function CustodyLine(props: { readonly custody: Custody }) {
  const timeZone = useTimeZone();
  const now = useNow();
  const { custody } = props;
  const Icon = ICONS[custody.is];
  return (
    <span className={styles[custody.is]}>
      <Icon className={styles.icon} size="1em" aria-hidden="true" />
      {custodyWords(custody, { timeZone, now })}
    </span>
  );
}
