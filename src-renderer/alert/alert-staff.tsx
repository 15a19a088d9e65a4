/** Alert Staff Members (S28, S29): typed names, then the school's alert groups as buttons. */
import { Check } from 'lucide-react';
import type { Group } from '../../src-shared/contract/group.ts';
import { ReadingFailure } from '../app/reading-failure.tsx';
import { Button } from '../design/button.tsx';
import { Chip } from '../design/chip.tsx';
import { StaffPicker } from '../staff/staff-picker.tsx';
import styles from './alert-staff.module.css';
import type { People } from './use-people.ts';
import { sizeOf } from './who-is-told.ts';

export interface AlertStaffProps {
  readonly id: string;
  readonly people: People;
  readonly error: string | null;
  readonly staffIds: readonly string[];
  readonly onStaff: (staffIds: readonly string[]) => void;
  readonly groupIds: readonly string[];
  readonly onGroups: (groupIds: readonly string[]) => void;
}

export function AlertStaff(props: AlertStaffProps) {
  const { people, groupIds } = props;
  return (
    <div className={styles.alert}>
      <ReadingFailure
        title="The list of colleagues could not be loaded."
        failure={people.failure}
        onAskAgain={people.askAgain}
      />
      <StaffPicker
        id={props.id}
        label="Alert Staff Members"
        hint="Type a colleague's name or select an alert group to alert them to this incident. Colleagues highlighted in red would not normally be able to view this incident."
        error={props.error}
        staff={people.colleagues}
        isWaiting={people.isWaiting}
        staffIds={props.staffIds}
        onChange={props.onStaff}
        marksRed
      />
      <ul className={styles.groups} aria-label="Alert groups">
        {people.groups.map((group) => (
          <li key={group.id}>
            <GroupButton
              group={group}
              size={sizeOf(group, people.staff)}
              isChosen={groupIds.includes(group.id)}
              onChange={(isChosen) =>
                props.onGroups(
                  isChosen ? [...groupIds, group.id] : groupIds.filter((id) => id !== group.id),
                )
              }
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Pressed or not; the safeguarding team stands as chosen and cannot be taken away (S29). */
function GroupButton(props: {
  readonly group: Group;
  readonly size: string;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}) {
  const { group, size, isChosen } = props;
  const words = `${group.name} (${size})`;
  if (group.isSafeguardingTeam) {
    return (
      <Chip tone="meadow" icon={<Check size="1em" aria-hidden="true" />} note="always alerted">
        {words}
      </Chip>
    );
  }
  return (
    <Button
      isSmall
      isPressed={isChosen}
      icon={isChosen ? <Check size="1em" aria-hidden="true" /> : undefined}
      onPress={() => props.onChange(!isChosen)}
    >
      {words}
    </Button>
  );
}
