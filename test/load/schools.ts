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

/** In the smallest school that is measured, about three incidents each school day. */
const INCIDENTS_A_YEAR = 1_000;

/**
 * Larkfield School with this many incidents at `now`. All sizes have as many incidents a week, and
 * the last ones are the very same: a larger school has been kept for longer. What grows with it is
 * everybody's past (what they wrote, were alerted to, were assigned and opened); what they have to
 * read and to do today does not, as alerts are read and cases are closed within weeks.
 */
export async function startSchool(incidents: number, now: Date): Promise<BenchSchool> {
  const folder = mkdtempSync(join(tmpdir(), 'meadowlark-bench-'));
  const daysEach = (LARKFIELD.days - 14) / (INCIDENTS_A_YEAR - LARKFIELD.recent);
  const days = 14 + (incidents - LARKFIELD.recent) * daysEach;
  const size = { ...LARKFIELD, now, incidents, days };
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
