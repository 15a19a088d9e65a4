/**
 * One computer of a school for the bench: all of the client but its window, with its vault as a
 * process of its own. Several of them one after the other are the same computer.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskName, asks } from '../../src-shared/bridge.ts';
import { SchoolFile } from '../../src-shared/school-file.ts';
import type { z } from 'zod';
import { openClient, type Client } from '../chaos/client.ts';
import type { BenchSchool } from './schools.ts';

type Asks = typeof asks;

export interface BenchComputer {
  /** Free for what is measured beside it. */
  readonly folder: string;
  /** Starts the client; at most one at a time. */
  open(): Client;
  /** Ends what is left and removes its files. */
  remove(): void;
}

export function benchComputer({ demo }: BenchSchool): BenchComputer {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-computer-'));
  const data = join(folder, 'client');
  mkdirSync(data);
  const computer = { id: randomUUID(), name: 'RECEPTION-2' };
  const file = SchoolFile.parse(JSON.parse(readFileSync(demo.schoolFile, 'utf8')));
  return {
    folder,
    open: () => openClient({ file, folder: data, computer, home: folder, temp: folder }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Asks the client what its page asks it; throws where it refuses. */
export async function must<N extends AskName>(
  client: Client,
  name: N,
  request: z.input<Asks[N]['request']>,
): Promise<z.output<Asks[N]['reply']>> {
  const answer = await client.ask(name, request);
  if (!answer.ok) throw new Error(`${name} was refused: ${answer.code}`);
  return answer.value as z.output<Asks[N]['reply']>;
}

/** An incident as the form submits it, of some two thousand characters, to be given an id. */
export async function incidentMaker(client: Client) {
  const { categories } = await must(client, 'listCategories', {});
  const { students } = await must(client, 'listStudents', {});
  const [student] = students;
  const [category] = categories;
  if (student === undefined || category === undefined) throw new Error('no lists');
  return (id: string) => {
    const at = new Date().toISOString();
    return {
      kind: 'incident' as const,
      id,
      writtenAt: at,
      studentId: student.id,
      text: 'They were quiet at registration and did not want to talk about the weekend. '.repeat(
        26,
      ),
      categoryIds: [category.id],
      linkedStudents: [],
      happenedAt: at,
      status: 'active' as const,
      assigneeIds: [],
      agencies: [],
      alertStaffIds: [],
      alertGroupIds: [],
    };
  };
}
