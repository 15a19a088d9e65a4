/**
 * A school for runs in which its server is a process of its own, started as its administrator
 * starts it, and asked over real HTTPS.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeys } from '../../server/certificate/folder.ts';
import { makeKeys } from '../../server/certificate/make.ts';
import { databaseFile, settingsFile } from '../../server/folder.ts';
import { makeLog } from '../../server/log.ts';
import { startServer, type RunningServer } from '../../server/main.ts';
import type { HashCost } from '../../server/password/hasher.ts';
import type { Settings } from '../../server/settings.ts';
import { freePort, testSettings } from '../../server/testing/server.ts';
import { startServerProcess, type ServerProcess } from '../../tools/demo/server-process.ts';

/** Nobody listens there. */
export const NO_MAIL = 'smtp://127.0.0.1:9';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export class SchoolProcess {
  readonly folder: string;
  readonly settings: Settings;
  readonly #agent: Agent;
  #process: ServerProcess | null = null;

  private constructor(folder: string, settings: Settings, agent: Agent) {
    this.folder = folder;
    this.settings = settings;
    this.#agent = agent;
  }

  /**
   * Makes the school in a temporary folder; `populate` puts people into it, with a server of this
   * process that can send no e-mail. Nothing runs yet.
   */
  static async make(parts: {
    readonly mailUrl: string;
    readonly hashCost: HashCost;
    readonly populate: (server: RunningServer) => Promise<void>;
  }): Promise<SchoolProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'meadowlark-school-'));
    const settings = testSettings({ port: await freePort(), mailUrl: parts.mailUrl });
    const { name } = settings.school;
    await makeKeys(folder, { name, domain: settings.listen.domain }, new Date(), null);
    const log = makeLog({ write: () => undefined });
    const server = await startServer({
      folder,
      settings: { ...settings, mail: { ...settings.mail, url: NO_MAIL } },
      log,
      hashCost: parts.hashCost,
    });
    await parts.populate(server);
    await server.close();
    writeFileSync(settingsFile(folder), JSON.stringify(settings), { mode: 0o600 });
    const agent = new Agent({ ca: readKeys(folder).authority ?? undefined, keepAlive: true });
    return new SchoolProcess(folder, settings, agent);
  }

  get databaseFile(): string {
    return databaseFile(this.folder);
  }

  get pid(): number {
    if (this.#process === null) throw new Error('the server does not run');
    return this.#process.pid;
  }

  async start(): Promise<void> {
    this.#process = await startServerProcess({
      folder: this.folder,
      port: this.settings.listen.port,
      smtpUrl: this.settings.mail.url,
    });
  }

  /** As a power cut. Resolves once the process no longer exists; also where it ended by itself. */
  async kill(): Promise<void> {
    if (this.#process === null) return;
    try {
      process.kill(this.#process.pid, 'SIGKILL');
    } catch {
      // It was killed meanwhile, by what the run is about.
    }
    await this.#process.ended;
    this.#process = null;
  }

  /** Resolves when the server has ended, whoever ended it. */
  async ended(): Promise<void> {
    await this.#process?.ended;
    this.#process = null;
  }

  /** Asks it; null where there was no answer, as when it died. */
  async ask(asked: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  }): Promise<Answer | null> {
    const { domain, port } = this.settings.listen;
    return await new Promise((resolve) => {
      const sending = httpsRequest(
        {
          host: '127.0.0.1',
          servername: domain,
          port,
          agent: this.#agent,
          method: asked.method,
          path: asked.path,
          headers: { ...asked.headers },
        },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('error', () => resolve(null));
          reply.on('end', () =>
            resolve({
              status: reply.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      sending.on('error', () => resolve(null));
      sending.end(asked.body);
    });
  }

  /** Ends the server and takes the folder away. */
  async end(): Promise<void> {
    await this.kill();
    this.#agent.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
