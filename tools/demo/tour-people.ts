/** What the steps of the tour are given, and who takes part in it. */
import type { Page } from '@playwright/test';
import type { Client } from '../../test/e2e/client.ts';
import type { DemoFolder } from './demo-folder.ts';
import type { Inbox } from './inbox.ts';
import type { ServerAt } from './server-request.ts';
import { LARKFIELD, larkfield } from './school.ts';

export interface Tour {
  readonly demo: DemoFolder;
  readonly people: TourPeople;
  readonly server: ServerAt;
  readonly inbox: Inbox;
  readonly text: string;
  readonly stopServer: () => Promise<void>;
  readonly startServer: () => Promise<void>;
  /** Opens a client as a school computer of its own. */
  readonly openComputer: (name: string) => Promise<Client>;
  /** Runs one step; `words` say what holds once it has run. */
  readonly step: <T>(words: string, run: () => Promise<T>) => Promise<T>;
  readonly picture: (page: Page, name: string) => Promise<void>;
}

export type TourPeople = ReturnType<typeof tourPeople>;

/**
 * Two colleagues of the school who are no key users and teach. Each tour of a school takes the
 * next two: the server sends nobody more than a few first-use e-mails in a quarter of an hour.
 */
export function tourPeople(earlierTours: number) {
  const school = larkfield({ ...LARKFIELD, incidents: 0, now: new Date(0) });
  const ordinary = school.staff.filter(
    (person) =>
      person !== school.teacher && person.groups.length === 2 && person.groups[0] === 'Teachers',
  );
  const pairs = Math.floor(ordinary.length / 2);
  const [author, colleague] = ordinary.slice((earlierTours % pairs) * 2);
  if (author === undefined || colleague === undefined) throw new Error('no teachers in the school');
  return { author, colleague, student: studentOf(school), lead: school.lead };
}

/** Somebody whose name no other student shares. */
function studentOf(school: ReturnType<typeof larkfield>) {
  const names = school.students.map(({ forename, surname }) => `${forename} ${surname}`);
  const student = school.students.find(
    (one, index) =>
      one.className === '8C' &&
      names.indexOf(names[index] ?? '') === names.lastIndexOf(names[index] ?? ''),
  );
  if (student === undefined) throw new Error('nobody in 8C');
  return student;
}
