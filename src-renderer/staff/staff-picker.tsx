/** Type-aheads over the staff: colleagues to alert (S28) and people to assign to (S26). */
import { useMemo } from 'react';
import type { Staff } from '../../src-shared/contract/staff.ts';
import { indexStaff } from '../../src-shared/search/roster-index.ts';
import { PickMany, type Choice } from '../design/picker.tsx';

const MATCHES_SHOWN = 30;
/** Beside the red of a colleague who is not a key user: colour alone says nothing (S28, R108). */
export const WOULD_NOT_SEE = 'would not normally see this';

export interface StaffPickerProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly error: string | null;
  /** Who can be picked. */
  readonly staff: readonly Staff[];
  readonly isWaiting: boolean;
  readonly staffIds: readonly string[];
  readonly onChange: (staffIds: readonly string[]) => void;
  /** Marks colleagues in red who would not normally see the incident. */
  readonly marksRed: boolean;
}

export function StaffPicker(props: StaffPickerProps) {
  const index = useMemo(() => indexStaff(props.staff), [props.staff]);
  const choose = (staff: Staff) => staffChoice(staff, props.marksRed);
  return (
    <PickMany
      id={props.id}
      label={props.label}
      hint={props.hint}
      error={props.error}
      placeholder="Begin typing a staff member's name"
      noneText="No colleague is found by this. Type part of any name or of the job title."
      isWaiting={props.isWaiting}
      search={(typed) =>
        index
          .search(typed, MATCHES_SHOWN, (staff) => !props.staffIds.includes(staff.id))
          .people.map(choose)
      }
      picked={props.staffIds.map((staffId) => {
        const staff = props.staff.find(({ id }) => id === staffId);
        return staff === undefined
          ? { id: staffId, text: 'A colleague who has left' }
          : choose(staff);
      })}
      onPick={(choice) => props.onChange([...props.staffIds, choice.id])}
      onRemove={(removed) =>
        props.onChange(props.staffIds.filter((staffId) => staffId !== removed))
      }
    />
  );
}

function staffChoice(staff: Staff, marksRed: boolean): Choice {
  return {
    id: staff.id,
    text: staff.name,
    ...(staff.jobTitle === null ? {} : { detail: staff.jobTitle }),
    ...(marksRed && !staff.isKeyUser ? { tone: 'warning', note: WOULD_NOT_SEE } : {}),
  };
}
