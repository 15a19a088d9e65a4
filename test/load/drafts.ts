/**
 * From the request to save a draft until it is durable, through the page's door, the vault's
 * process, its encryption, its ledger and its flush, against one bare commit of the same bytes.
 */
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { SubmissionId } from '../../src-shared/contract/submission.ts';
import { bareStore } from './bare-store.ts';
import { benchComputer, incidentMaker, must } from './computer.ts';
import { figure, percentile, type Figure } from './figure.ts';
import type { BenchSchool } from './schools.ts';

const SAVING_AT_MOST = 3;
/** A moment's typing between two saves. */
const PAUSE_MS = 5;

export async function measureDrafts(school: BenchSchool, rounds: number): Promise<Figure[]> {
  const computer = benchComputer(school);
  const client = computer.open();
  const bare = bareStore(join(computer.folder, 'bare.sqlite'));
  const saves: number[] = [];
  const commits: number[] = [];
  try {
    const { email, password } = school.demo.signIns.teacher;
    await must(client, 'signIn', { email, password });
    const id = SubmissionId.parse(newId());
    const form = (await incidentMaker(client))(id);
    let revision = 0;
    // The first tenth warms up and is not counted.
    for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
      const content = JSON.stringify({ ...form, text: `${form.text}${round}` });
      const draft = { id, kind: 'incident', incidentId: null, content, place: PLACE } as const;
      const started = performance.now();
      ({ revision } = await must(client, 'saveDraft', { draft, revision }));
      const saved = performance.now();
      await pause();
      const begun = performance.now();
      bare.replace(Buffer.from(content));
      const committed = performance.now();
      await pause();
      if (round < 0) continue;
      saves.push(saved - started);
      commits.push(committed - begun);
    }
  } finally {
    await client.close();
    bare.close();
    computer.remove();
  }
  return [50, 99].map((part) =>
    figure({
      what: `Drafts saved, from the request until durable, p${part}`,
      measured: percentile(saves, part),
      against: `one bare commit of the same bytes, p${part}`,
      reference: percentile(commits, part),
      unit: 'ms',
      atMost: SAVING_AT_MOST,
    }),
  );
}

const PLACE = { field: 'text', selectionStart: 2_000, selectionEnd: 2_000, scrollTop: 0 } as const;

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
}
