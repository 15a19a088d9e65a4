/** S24: a wrong time is flagged where it is read, and never a reason to refuse an entry. */
import { Notice } from '../design/notice.tsx';

export function WrongClock() {
  return (
    <Notice tone="warning" isQuiet>
      A clock was wrong when this arrived: the computer’s, or the time given lay in the future. The
      time it was added is the school’s own.
    </Notice>
  );
}
