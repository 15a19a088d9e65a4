/** What colleagues at other computers do meanwhile: the same requests, without a client. */
import { v7 as randomId } from 'uuid';
import { listAlerts } from '../../src-shared/contract/alert.ts';
import { listCategories, type Category } from '../../src-shared/contract/category.ts';
import type { Endpoint, ReplyOf } from '../../src-shared/contract/endpoint.ts';
import { listStaff, type Staff } from '../../src-shared/contract/staff.ts';
import { listStudents, type Student, type StudentId } from '../../src-shared/contract/student.ts';
import type { Receipt } from '../../src-shared/contract/submission.ts';
import { directWriter } from '../../tools/demo/direct-writer.ts';
import { askServer, serverOf } from '../../tools/demo/server-request.ts';
import type { SignIn } from './person.ts';

export interface Colleague {
  /** Throws the code that it was refused with. */
  ask<E extends Endpoint>(
    endpoint: E,
    asked?: Readonly<Record<string, unknown>>,
  ): Promise<ReplyOf<E>>;
  students(): Promise<Student[]>;
  staff(): Promise<Staff[]>;
  categories(): Promise<Category[]>;
  /** How many alerts they have not read. */
  unread(): Promise<number>;
  addIncident(entry: {
    readonly studentId: StudentId;
    readonly text: string;
    readonly categoryIds: readonly string[];
    readonly alertStaffIds?: readonly string[];
    readonly agencies?: readonly string[];
  }): Promise<Receipt>;
}

export async function signInColleague(schoolFile: string, who: SignIn): Promise<Colleague> {
  const server = serverOf(schoolFile);
  const writer = await directWriter(schoolFile, who);
  const ask: Colleague['ask'] = async (endpoint, asked = {}) => {
    const answer = await askServer(server, endpoint, asked, writer.token);
    if (!('value' in answer)) throw new Error(`${endpoint.path} was refused: ${answer.code}`);
    return answer.value;
  };
  return {
    ask,
    students: async () => {
      const all: Student[] = [];
      let after: StudentId | null = null;
      do {
        const page: ReplyOf<typeof listStudents> = await ask(
          listStudents,
          after === null ? {} : { after },
        );
        all.push(...page.students);
        after = page.next;
      } while (after !== null);
      return all;
    },
    staff: async () => (await ask(listStaff)).staff,
    categories: async () => (await ask(listCategories)).categories,
    unread: async () => (await ask(listAlerts)).alerts.length,
    addIncident: (entry) => {
      const at = new Date().toISOString();
      const carry = writer.seal({
        kind: 'incident',
        id: randomId(),
        writtenAt: at,
        happenedAt: at,
        status: 'closed',
        linkedStudents: [],
        assigneeIds: [],
        alertGroupIds: [],
        alertStaffIds: [],
        agencies: [],
        ...entry,
      });
      return carry();
    },
  };
}
