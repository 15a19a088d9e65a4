/** S24: a wrong time is flagged where it is read, and never a reason to refuse an entry. */
import { Notice } from '../design/notice.tsx';

export function WrongClock() {
  return (
    <Notice tone="warning" isQuiet>
      The time given lay in the future when this arrived: a clock was wrong. The time it was added
      is the school’s own.
    </Notice>
  );
}
