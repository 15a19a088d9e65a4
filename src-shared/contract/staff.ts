/** Staff: who can be alerted and assigned. */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Name, Nothing } from './values.ts';

export const StaffId = Id.brand<'StaffId'>();
export type StaffId = z.infer<typeof StaffId>;

/** A member of staff as colleagues see them. */
export const Staff = z.strictObject({
  id: StaffId,
  name: Name,
  jobTitle: Name.nullable(),
  /** Member of the safeguarding team: would see an incident without being chosen (S28). */
  isKeyUser: z.boolean(),
});
export type Staff = z.infer<typeof Staff>;

/** The colleagues who can be alerted: everyone who works here now, by surname. */
export const listStaff = endpoint({
  method: 'GET',
  path: '/v1/staff',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ staff: z.array(Staff) }),
});
