/** For tests: a computer of a test server's school, without its windows; the vault is a real process. */
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { schoolFileOf } from '../../server/cli/school-file.ts';
import type { TestStaff } from '../../server/testing/people.ts';
import type { TestServer } from '../../server/testing/server.ts';
import type { VaultRequest } from '../../src-shared/vault.ts';
import type { LogFields, LogMessage } from '../../src-main/log.ts';
import { enterSchool, type School } from '../../src-main/school.ts';
import { forkVaultInNode } from '../../src-main/testing/fork-vault.ts';

const WAIT = { timeout: 25_000, interval: 100 };

export interface DeskParts {
  readonly server: TestServer;
  /** The data folder. */
  readonly folder: string;
  readonly computerId?: string;
  /** Of something that stands before the server. */
  readonly port?: number;
  /** Another entry of the vault's process. */
  readonly vaultEntry?: string;
  /** Added to the wall clock. */
  readonly clockWrongByMs?: number;
}

export class Desk {
  readonly computerId: string;
  readonly logged: { readonly message: LogMessage; readonly fields: LogFields }[] = [];
  readonly school: School;
  /** Added to the clock that only goes forward. */
  passedMs = 0;
  readonly #server: TestServer;

  constructor(parts: DeskParts) {
    const { server, folder, port, vaultEntry, clockWrongByMs = 0 } = parts;
    this.#server = server;
    this.computerId = parts.computerId ?? randomUUID();
    const log = (message: LogMessage, fields: LogFields = {}): void =>
      void this.logged.push({ message, fields });
    const file = schoolFileOf(server.folder, server.settings);
    const school: School = enterSchool(
      port === undefined ? file : { ...file, server: `https://localhost:${port}` },
      {
        computer: { id: this.computerId, name: 'RECEPTION-2' },
        clock: () => performance.now() + this.passedMs,
        now: () => new Date(Date.now() + clockWrongByMs),
        random: Math.random,
        log: { info: log, error: log },
        folder,
        startVault: () => forkVaultInNode(vaultEntry),
        pages: { end: async () => null, begin: () => undefined, cover: () => null },
        idleMs: 15 * 60_000,
        tell(name) {
          if (name === 'saveNow') school.saving.answered(true);
          return true;
        },
        onWaiting: () => undefined,
        onContact: () => undefined,
      },
    );
    this.school = school;
  }

  async signIn(person: TestStaff): Promise<void> {
    const answer = await this.school.person.signIn(person.email, person.password);
    if (!answer.ok) throw new Error(`signing in was refused: ${answer.code}`);
  }

  /** Queues so many incidents of who is signed in, and sends none yet; answers with their ids. */
  async queue(studentId: string, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const submission = await incidentFor(this.#server, studentId);
      const answer = await this.school.vault.ask('submit', { submission, isUrgent: false });
      if (!answer.ok) throw new Error(`nothing was queued: ${answer.code}`);
      ids.push(submission.id);
    }
    return ids;
  }

  /** Waits until nothing is left to be carried. */
  async drained(): Promise<void> {
    await vi.waitUntil(() => this.school.courier.waiting.count === 0, WAIT);
  }

  /** Submits so many incidents as a person, and waits until nothing is left here. */
  async submit(person: TestStaff, studentId: string, count: number): Promise<string[]> {
    await this.signIn(person);
    const ids = await this.queue(studentId, count);
    await this.school.courier.wake();
    await this.drained();
    return ids;
  }
}

async function incidentFor(
  server: TestServer,
  studentId: string,
): Promise<VaultRequest<'submit'>['submission']> {
  const category = await server.db.selectFrom('category').select('id').executeTakeFirstOrThrow();
  const at = server.clock.now().toISOString();
  return {
    kind: 'incident',
    id: randomUUID(),
    writtenAt: at,
    studentId,
    text: 'Ellie said she has not eaten since yesterday.',
    categoryIds: [category.id],
    linkedStudents: [],
    happenedAt: at,
    status: 'active',
    assigneeIds: [],
    agencies: [],
    alertStaffIds: [],
    alertGroupIds: [],
  };
}
