/** Date/Time (S24): date and time apart, both now until one of them is changed. */
import { parseDate, parseTime } from '@internationalized/date';
import { Button } from '../design/button.tsx';
import { DateField, TimeField } from '../design/date-time-field.tsx';
import field from '../design/field.module.css';
import { useTimeZone } from '../design/time-zone.tsx';
import { useServerNow } from './server-clock.ts';
import { onTheClock, type When } from './when.ts';
import styles from './when-field.module.css';

export interface WhenFieldProps {
  readonly dateId: string;
  readonly timeId: string;
  readonly when: When;
  readonly onChange: (when: When) => void;
  readonly dateError: string | null;
  readonly timeError: string | null;
}

export function WhenField(props: WhenFieldProps) {
  const { when, onChange } = props;
  const clock = { timeZone: useTimeZone(), now: useServerNow() };
  const { date, time } = onTheClock(when, clock);
  return (
    <fieldset className={styles.when}>
      <legend className={styles.legend}>Date/Time</legend>
      <p className={field.hint}>
        {when.is === 'now' ? 'Now, unless you change it to when it happened.' : 'When it happened.'}
      </p>
      <div className={styles.boxes}>
        <DateField
          id={props.dateId}
          label="Date"
          value={date === null ? null : parseDate(date)}
          onChange={(value) =>
            onChange({ is: 'chosen', date: value === null ? null : value.toString(), time })
          }
          error={props.dateError}
        />
        <TimeField
          id={props.timeId}
          label="Time"
          value={time === null ? null : parseTime(time)}
          onChange={(value) =>
            onChange({
              is: 'chosen',
              date,
              time: value === null ? null : value.toString().slice(0, 5),
            })
          }
          error={props.timeError}
        />
        {when.is === 'now' ? null : (
          <Button kind="plain" onPress={() => onChange({ is: 'now' })}>
            Set to now
          </Button>
        )}
      </div>
    </fieldset>
  );
}
