/**
 * Who will be told about an entry, each person once, before it is sent (S28, S29). The server works
 * out the same from the same choice; this is what the form says beforehand.
 */
import type { Group } from '../../src-shared/contract/group.ts';
import type { Staff } from '../../src-shared/contract/staff.ts';

export interface Choice {
  readonly staff: readonly Staff[];
  readonly groups: readonly Group[];
  /** Never told about their own entry. */
  readonly authorId: string;
  readonly chosenStaffIds: readonly string[];
  readonly chosenGroupIds: readonly string[];
  readonly assigneeIds: readonly string[];
}

export interface Told {
  /** The safeguarding team, always. */
  readonly team: readonly Staff[];
  readonly others: readonly Staff[];
  /** Of all of them, who would have no other right to see it: the colleagues in red. */
  readonly wouldNotSee: readonly Staff[];
}

/** Counts each person once, however often they were chosen; in the order of the staff list. */
export function whoIsTold(choice: Choice): Told {
  const { staff, groups, authorId } = choice;
  const teamIds = new Set<string>(
    groups.flatMap((group) => (group.isSafeguardingTeam ? group.memberIds : [])),
  );
  const chosenIds = new Set<string>([
    ...choice.chosenStaffIds,
    ...choice.assigneeIds,
    ...groups.flatMap((group) => (choice.chosenGroupIds.includes(group.id) ? group.memberIds : [])),
  ]);
  const colleagues = staff.filter(({ id }) => id !== authorId);
  const team = colleagues.filter(({ id }) => teamIds.has(id));
  const others = colleagues.filter(({ id }) => chosenIds.has(id) && !teamIds.has(id));
  return { team, others, wouldNotSee: [...team, ...others].filter(({ isKeyUser }) => !isKeyUser) };
}

/** The line before sending: "9 people will be told: the safeguarding team (4) and 5 others. …" */
export function toldSentence({ team, others, wouldNotSee }: Told): string {
  const total = team.length + others.length;
  if (total === 0) {
    return 'Nobody else will be told: you are the only member of the safeguarding team, and you have chosen nobody else.';
  }
  const parts = [
    ...(team.length === 0 ? [] : [`the safeguarding team (${team.length})`]),
    ...(others.length === 0 ? [] : [otherPeople(others.length, team.length > 0)]),
  ];
  const who = `${total} ${total === 1 ? 'person' : 'people'} will be told: ${parts.join(' and ')}.`;
  if (wouldNotSee.length === 0) return who;
  const them = wouldNotSee.length === total ? allOf(total) : `${wouldNotSee.length} of them`;
  return `${who} ${them} would not normally be able to view this incident.`;
}

/** After delivery, by the receipt's count: "9 people have been told and will get an e-mail." */
export function wereTold(alerted: number): string {
  if (alerted === 0) return 'Nobody else has been told: the safeguarding team has no other member.';
  return `${alerted === 1 ? '1 person has' : `${alerted} people have`} been told and will get an e-mail.`;
}

function otherPeople(count: number, besidesTeam: boolean): string {
  if (besidesTeam) return `${count} ${count === 1 ? 'other' : 'others'}`;
  return `${count} ${count === 1 ? 'colleague' : 'colleagues'} outside the safeguarding team`;
}

function allOf(count: number): string {
  return count === 1 ? 'That person' : `All ${count} of them`;
}

/** "62 people", of those who work here now: the size on a group's button. */
export function sizeOf(group: Group, staff: readonly Staff[]): string {
  const members = new Set<string>(group.memberIds);
  const count = staff.filter(({ id }) => members.has(id)).length;
  return `${count} ${count === 1 ? 'person' : 'people'}`;
}
