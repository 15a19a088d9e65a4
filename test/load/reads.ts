/** Reads over HTTPS as a school's past grows: they should take as long as in its first year. */
import { v4 as randomId } from 'uuid';
import { listAlerts } from '../../src-shared/contract/alert.ts';
import {
  listAssigned,
  listHistory,
  listRecentlyViewed,
  readIncident,
} from '../../src-shared/contract/incident.ts';
import { askServer } from '../../tools/demo/server-request.ts';
import { figure, median, type Figure } from './figure.ts';
import type { BenchSchool } from './schools.ts';

const GROWTH_AT_MOST = 1.5;

/** Asks the schools in turn, smallest first, `rounds` times each. */
export async function measureReads(
  schools: readonly BenchSchool[],
  rounds: number,
): Promise<Figure[]> {
  const dashboards = schools.map(() => [] as number[]);
  const incidents = schools.map(() => [] as number[]);
  const ids = await Promise.all(schools.map(incidentToRead));
  // The first tenth warms up connections and caches and is not counted.
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
    for (const [place, school] of schools.entries()) {
      const dashboard = await timed(() => readDashboard(school));
      const incident = await timed(() => openIncident(school, ids[place] ?? ''));
      if (round < 0) continue;
      dashboards[place]?.push(dashboard);
      incidents[place]?.push(incident);
    }
  }
  return [
    ...growthOf('The dashboard', schools, dashboards),
    ...growthOf('An incident', schools, incidents),
  ];
}

function growthOf(
  what: string,
  schools: readonly BenchSchool[],
  times: readonly (readonly number[])[],
): Figure[] {
  const name = (school: BenchSchool | undefined): string =>
    (school?.incidents ?? 0).toLocaleString('en-GB');
  const reference = median(times[0] ?? []);
  return schools.slice(1).map((school, place) =>
    figure({
      what: `${what} at ${name(school)} incidents`,
      measured: median(times[place + 1] ?? []),
      against: `at ${name(schools[0])}`,
      reference,
      unit: 'ms',
      atMost: GROWTH_AT_MOST,
    }),
  );
}

/** What the client asks for when the dashboard opens, at once as it does. */
async function readDashboard({ server, leadToken }: BenchSchool): Promise<void> {
  const answers = await Promise.all([
    askServer(server, listAlerts, {}, leadToken),
    askServer(server, listAssigned, {}, leadToken),
    askServer(server, listHistory, {}, leadToken),
    askServer(server, listRecentlyViewed, {}, leadToken),
  ]);
  for (const answer of answers) {
    if (!('value' in answer)) throw new Error(`the dashboard was refused: ${answer.code}`);
  }
}

async function openIncident(school: BenchSchool, incidentId: string): Promise<void> {
  const asked = { incidentId, openingId: randomId() };
  const answer = await askServer(school.server, readIncident, asked, school.leadToken);
  if (!('value' in answer)) throw new Error(`the incident was refused: ${answer.code}`);
}

async function incidentToRead({ server, leadToken }: BenchSchool): Promise<string> {
  const answer = await askServer(server, listAlerts, {}, leadToken);
  const first = 'value' in answer ? answer.value.alerts[0] : undefined;
  if (first === undefined) throw new Error('the lead has no alert to read');
  return first.incidentId;
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
