/**
 * How fast a computer that was long without its school sends what has piled up: the courier, the
 * vault and the real server with all that receiving means, against the same sealed bytes posted one
 * after the other over one connection to a server that only commits them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { benchComputer, incidentMaker, must, type BenchComputer } from './computer.ts';
import { figure, type Figure } from './figure.ts';
import type { BenchSchool } from './schools.ts';

const LOOK_EVERY_MS = 2;
const BARE_SERVER = join(import.meta.dirname, 'bare-server.ts');

export async function measureDraining(school: BenchSchool, count: number): Promise<Figure> {
  const computer = benchComputer(school);
  try {
    const sealed = await pileUp(school, computer, count);
    const drained = await drain(computer, count);
    const posted = await postBare(school, join(computer.folder, 'bare.sqlite'), sealed);
    return figure({
      what: `Draining ${count.toLocaleString('en-GB')} sealed items`,
      measured: drained,
      against: 'posted bare to a server that only commits them',
      reference: posted,
      unit: 'ms',
    });
  } finally {
    computer.remove();
  }
}

/** Submits with a courier that has stopped; answers with the sealed bytes of each. */
async function pileUp(
  school: BenchSchool,
  computer: BenchComputer,
  count: number,
): Promise<Buffer[]> {
  const client = computer.open();
  try {
    const { email, password } = school.demo.signIns.teacher;
    await must(client, 'signIn', { email, password });
    client.school.courier.close();
    const incident = await incidentMaker(client);
    const sealed: Buffer[] = [];
    for (let index = 0; index < count; index++) {
      const id = SubmissionId.parse(newId());
      await must(client, 'submit', { submission: incident(id), isUrgent: false });
      const read = await client.school.vault.ask('readSealed', { id });
      if (!read.ok) throw new Error(`an item could not be read: ${read.code}`);
      sealed.push(Buffer.from(read.value.sealed, 'base64'));
    }
    return sealed;
  } finally {
    await client.close();
  }
}

/** Starts the program again, with nobody signed in: from the first to the last receipt, in ms. */
async function drain(computer: BenchComputer, count: number): Promise<number> {
  const client = computer.open();
  const { courier } = client.school;
  try {
    await until(() => courier.waiting.count === count);
    await until(() => courier.waiting.count < count);
    const started = performance.now();
    await until(() => courier.waiting.count === 0);
    return performance.now() - started;
  } finally {
    await client.close();
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
}

async function postBare(
  { demo, server }: BenchSchool,
  file: string,
  bodies: readonly Buffer[],
): Promise<number> {
  const child = spawn(process.execPath, [BARE_SERVER, demo.server, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: server.authority ?? undefined });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const port = Number(line.toString());
    const [first, ...others] = bodies;
    // As there, from the first receipt on: the connection is made.
    if (first !== undefined) await post(agent, port, first);
    const started = performance.now();
    for (const body of others) await post(agent, port, body);
    return performance.now() - started;
  } finally {
    agent.destroy();
    child.kill();
  }
}

function post(agent: Agent, port: number, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': body.length, 'content-type': 'application/octet-stream' };
    request({ agent, host: 'localhost', port, method: 'POST', path: '/', headers }, (reply) => {
      reply.resume();
      reply.once('end', resolve);
    })
      .once('error', reject)
      .end(body);
  });
}
