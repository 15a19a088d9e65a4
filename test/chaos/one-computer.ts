/** A school and one computer for the small tests: everything real, everything gone at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { TestStaff } from '../../server/testing/people.ts';
import { ClientProcess, until, type ClientHandle } from './client-handle.ts';
import type { ClientParts } from './client.ts';
import { incidentBy, marksIn, type Entry } from './entries.ts';
import { seeded, type Random } from './random.ts';
import { ChaosSchool } from './school.ts';

const DRAIN_MS = 90_000;

export class OneComputer {
  readonly folder: string;
  readonly school: ChaosSchool;
  readonly random: Random = seeded(1);
  readonly entries: Entry[] = [];
  readonly computerId = randomUUID();
  #host = new ClientProcess();

  private constructor(folder: string, school: ChaosSchool) {
    this.folder = folder;
    this.school = school;
  }

  static async begin(): Promise<OneComputer> {
    const folder = mkdtempSync(join(tmpdir(), 'meadowlark-one-'));
    const school = await ChaosSchool.make(join(folder, 'school'), 2);
    await school.start();
    return new OneComputer(folder, school);
  }

  get people(): readonly [TestStaff, TestStaff] {
    const [first, second] = this.school.people.teachers;
    if (first === undefined || second === undefined) throw new Error('too few people');
    return [first, second];
  }

  /** The client's data folder. */
  get data(): string {
    return join(this.folder, 'client');
  }

  /** Starts the program, or starts it once more after `stop`; `port` is the server's or a proxy's. */
  async start(
    changes: Partial<ClientParts> & { readonly port?: number } = {},
  ): Promise<ClientHandle> {
    const { port = this.school.serverPort, ...rest } = changes;
    return await this.#host.open('one', {
      file: this.school.fileFor(port),
      folder: this.data,
      computer: { id: this.computerId, name: 'RECEPTION-2' },
      home: this.folder,
      temp: this.folder,
      ...rest,
    });
  }

  async stop(): Promise<void> {
    await this.#host.kill();
    this.#host = new ClientProcess();
  }

  /** Submits so many entries as `person`, who is signed in; answers with their ids. */
  async submit(
    client: ClientHandle,
    person: TestStaff,
    count: number,
    than: {
      readonly isUrgent?: (index: number) => boolean;
      readonly writtenAt?: string;
    } = {},
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const entry = incidentBy(person, this.school.people, this.entries.length + 1, this.random);
      this.entries.push(entry);
      const { writtenAt = entry.submission['writtenAt'] } = than;
      const submission = { ...entry.submission, writtenAt };
      const isUrgent = than.isUrgent?.(index) ?? false;
      const { id } = await client.must('submit', { submission, isUrgent });
      ids.push(String(id));
    }
    return ids;
  }

  /** Resolves when nothing waits any more. */
  async drained(client: ClientHandle): Promise<boolean> {
    return await until(async () => {
      const { known, count } = await client.waiting();
      return known && count === 0;
    }, DRAIN_MS);
  }

  /** The marks of all that the school has, and which of them it holds. */
  found(): { readonly marks: string[]; readonly held: number } {
    const { texts } = this.school.read();
    return {
      marks: texts.flatMap(({ text }) => marksIn(text)).toSorted(),
      held: texts.filter(({ held }) => held).length,
    };
  }

  /** The marks of all that was submitted, once each. */
  get submitted(): string[] {
    return this.entries.map(({ mark }) => mark).toSorted();
  }

  async end(): Promise<void> {
    await this.#host.kill();
    await this.school.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
