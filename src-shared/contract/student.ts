/** Students: the roster that staff pick from. Nothing here says whether a student has entries. */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Name } from './values.ts';

export const StudentId = Id.brand<'StudentId'>();
export type StudentId = z.infer<typeof StudentId>;

export const Student = z.strictObject({
  id: StudentId,
  forename: Name,
  surname: Name,
  /** What the student is called, where that differs from the forename. */
  knownAs: Name.nullable(),
  className: Name.nullable(),
  /** Year group as the register writes it: "R", "1" … "13". */
  year: Name.nullable(),
});
export type Student = z.infer<typeof Student>;

/** The students on roll, by surname, in pages so that no reply outgrows the bridge (R16). */
export const listStudents = endpoint({
  method: 'GET',
  path: '/v1/students',
  access: 'signed-in',
  request: z.strictObject({ after: StudentId.optional() }),
  reply: z.strictObject({ students: z.array(Student), next: StudentId.nullable() }),
});
