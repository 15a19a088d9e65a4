/** The staff and alert groups that an entry is sent to, and the questions asked of them. */
import { useMemo } from 'react';
import type { Group } from '../../src-shared/contract/group.ts';
import type { Staff } from '../../src-shared/contract/staff.ts';
import { useAsk, type Failure } from '../app/use-ask.ts';
import { useSession } from '../session/session-store.ts';

export interface People {
  /** Everyone who works here now, by surname. */
  readonly staff: readonly Staff[];
  /** All but the person who writes, who is never told about their own entry. */
  readonly colleagues: readonly Staff[];
  readonly groups: readonly Group[];
  readonly authorId: string;
  readonly isWaiting: boolean;
  /** Both lists are there: only then can be said who will be told. */
  readonly isKnown: boolean;
  readonly failure: Failure | null;
  readonly askAgain: () => void;
}

const NO_STAFF: readonly Staff[] = [];
const NO_GROUPS: readonly Group[] = [];

export function usePeople(): People {
  const authorId = useSession().staff.id;
  const staffAsked = useAsk('listStaff', {});
  const groupsAsked = useAsk('listGroups', {});
  const staff = staffAsked.value?.staff ?? NO_STAFF;
  const colleagues = useMemo(() => staff.filter(({ id }) => id !== authorId), [staff, authorId]);
  const isMissing = staffAsked.value === undefined || groupsAsked.value === undefined;
  return {
    staff,
    colleagues,
    groups: groupsAsked.value?.groups ?? NO_GROUPS,
    authorId,
    isKnown: !isMissing,
    isWaiting: staffAsked.isWaiting || groupsAsked.isWaiting,
    failure: isMissing ? (staffAsked.failure ?? groupsAsked.failure) : null,
    askAgain: () => {
      staffAsked.askAgain();
      groupsAsked.askAgain();
    },
  };
}
