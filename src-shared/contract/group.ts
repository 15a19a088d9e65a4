/** Alert groups: the school's own buttons for alerting several colleagues at once (S28). */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { StaffId } from './staff.ts';
import { Id, Name, Nothing } from './values.ts';

export const GroupId = Id.brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

export const Group = z.strictObject({
  id: GroupId,
  name: Name,
  /** The one group that is alerted to every incident and action (S29). */
  isSafeguardingTeam: z.boolean(),
  memberIds: z.array(StaffId),
});
export type Group = z.infer<typeof Group>;

export const listGroups = endpoint({
  method: 'GET',
  path: '/v1/groups',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ groups: z.array(Group) }),
});
