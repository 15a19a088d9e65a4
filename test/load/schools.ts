/** Demo schools of different sizes with their servers running, for the bench to ask. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { makeDemoFolder, type DemoFolder } from '../../tools/demo/demo-folder.ts';
import { LARKFIELD, type DemoSchool } from '../../tools/demo/school.ts';
import { directWriter, type DirectWriter } from '../../tools/demo/direct-writer.ts';
import { serverOf, signInToServer, type ServerAt } from '../../tools/demo/server-request.ts';
import { freePort, startServerProcess } from '../../tools/demo/server-process.ts';

export interface BenchSchool {
  readonly incidents: number;
  readonly demo: DemoFolder & { readonly school: DemoSchool };
  readonly server: ServerAt;
  /** Session token of the safeguarding lead. */
  readonly leadToken: string;
  readonly teacher: DirectWriter;
  stop(): Promise<void>;
}

/**
 * Larkfield School with this many incidents. The last week is the same in all sizes: a larger one
 * has been kept for longer, and nobody has more to read today.
 */
export async function startSchool(incidents: number): Promise<BenchSchool> {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-bench-'));
  const days = Math.ceil((LARKFIELD.days * incidents) / 1_000);
  const size = { ...LARKFIELD, now: new Date(), incidents, days };
  const demo = await makeDemoFolder({ folder, size });
  const sink = await startSink();
  const process = await startServerProcess({
    folder: demo.server,
    port: Number(new URL(serverOf(demo.schoolFile).origin).port),
    smtpUrl: `smtp://127.0.0.1:${sink.port}`,
  });
  const server = serverOf(demo.schoolFile);
  return {
    incidents,
    demo,
    server,
    leadToken: await signInToServer(server, demo.signIns.lead),
    teacher: await directWriter(demo.schoolFile, demo.signIns.teacher),
    stop: async () => {
      await process.stop();
      await sink.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A mail server that takes everything and keeps nothing. */
async function startSink(): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done());
    },
  });
  await new Promise<void>((resolve) => {
    sink.listen(port, '127.0.0.1', resolve);
  });
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        sink.close(() => resolve());
      }),
  };
}
