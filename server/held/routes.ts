/** Held items over HTTP, for the safeguarding team: what waits, completing it, filing it. */
import {
  completeHeld,
  fileHeld,
  listHeld,
  readHeld,
  type HeldItem,
} from '../../src-shared/contract/held.ts';
import { byActor, writeAudit } from '../audit/rows.ts';
import type { Db, Transaction } from '../db/open.ts';
import type { House, Route } from '../http/route.ts';
import { Refusal, route } from '../http/route.ts';
import { asManyAsFit } from '../reply-size.ts';
import { complete } from './complete.ts';
import type { HeldInside } from './inside.ts';
import { heldToRead } from './opening.ts';
import {
  countOpenHeld,
  nameOfStaff,
  openHeld,
  openHeldById,
  resolveHeld,
  studentNames,
  teamOf,
  type HeldRow,
} from './rows.ts';

/** More come up as these are resolved: all at once would outgrow the bridge's 1 MiB (R16). */
const MOST_SHOWN = 200;
/** Characters of each text in the list: what anybody can send must not fill it. */
const BEGINNING = 200;

export function heldRoutes(house: House): Route[] {
  return [
    route(listHeld, 'handle held items', async (_request, { actor }) => {
      const rows = await openHeld(house.db, actor.schoolId, MOST_SHOWN);
      const students = await studentsOf(house.db, actor.schoolId, rows);
      const items = asManyAsFit(rows.map((row) => listed(itemOf(row, students), row)));
      return { items, total: await countOpenHeld(house.db, actor.schoolId) };
    }),

    route(readHeld, 'handle held items', async ({ heldId }, { actor }) =>
      house.db.transaction().execute(async (trx) => {
        const row = await heldToRead(trx, house, heldId);
        if (row === null) throw new Refusal('not-found');
        return itemOf(row, await studentsOf(trx, actor.schoolId, [row]));
      }),
    ),

    route(completeHeld, 'handle held items', async (request, { actor }) => {
      const { incidentId, tell } = await complete(house, actor, request);
      house.tellChanged(tell);
      house.mailWaits();
      return { incidentId };
    }),

    route(fileHeld, 'handle held items', async ({ heldId, reason }, { actor }) => {
      const { schoolId } = actor;
      const at = house.now().toISOString();
      const { filedBy, team } = await house.db.transaction().execute(async (trx) => {
        const held = await openHeldById(trx, { schoolId, id: heldId });
        if (held === null) throw new Refusal('not-found');
        await resolveHeld(trx, { id: heldId, at, by: actor.staffId, as: 'filed', reason });
        await writeAudit(trx, {
          ...byActor(actor),
          at,
          event: 'file-held',
          objectId: heldId,
          result: 'done',
        });
        return {
          filedBy: await nameOfStaff(trx, actor.staffId),
          team: await teamOf(trx, schoolId),
        };
      });
      house.tellChanged(team);
      return { filedBy };
    }),
  ];
}

async function studentsOf(db: Db | Transaction, schoolId: string, rows: readonly HeldRow[]) {
  return await studentNames(db, schoolId, {
    studentIds: rows.flatMap(({ inside }) => idOrNone(aboutOf(inside).studentId)),
    incidentIds: rows.flatMap(({ inside }) => idOrNone(aboutOf(inside).incidentId)),
  });
}

/** As it stands in the list: the beginning of its text, and what a stranger sent unopened. */
function listed(item: HeldItem, { isVouchedFor }: HeldRow): HeldItem {
  const { text } = item;
  const isUnopened = item.kind === 'unreadable' && !isVouchedFor;
  // By whole characters: half of one would be no text.
  const characters = Array.from((text ?? '').slice(0, 2 * BEGINNING + 2));
  const isLong = characters.length > BEGINNING;
  return {
    ...item,
    kind: isUnopened ? 'unopened' : item.kind,
    text: isLong ? `${characters.slice(0, BEGINNING).join('')} …` : text,
  };
}

function itemOf(row: HeldRow, students: ReadonlyMap<string, string>): HeldItem {
  const { inside } = row;
  const common = {
    id: row.id,
    reason: row.reason,
    receivedAt: row.receivedAt,
    reference: row.reference,
    computerName: row.computerName,
    writer: row.writer,
    identityIsCertain: row.identityIsCertain,
    kind: row.kind,
    isOneOfMany: row.isOneOfMany,
  };
  if (inside === null) {
    return { ...common, student: null, text: null, writtenAt: null, isFinished: true };
  }
  if (inside.kind === 'concern') {
    const { student, text, writtenAt, isFinished } = inside.concern;
    return { ...common, student, text, writtenAt, isFinished };
  }
  const { studentId, incidentId } = aboutOf(inside);
  const student = students.get(studentId ?? incidentId ?? '')?.slice(0, 200) ?? null;
  if (inside.kind === 'left') {
    const { text, changedAt: writtenAt } = inside.left;
    return { ...common, student, text, writtenAt, isFinished: false };
  }
  const { text, writtenAt } = inside.submission;
  return { ...common, student, text, writtenAt, isFinished: true };
}

/** By id: the student of an incident, or the incident of an action; neither of a concern. */
function aboutOf(inside: HeldInside | null): {
  readonly studentId: string | null;
  readonly incidentId: string | null;
} {
  const none = { studentId: null, incidentId: null };
  if (inside === null || inside.kind === 'concern') return none;
  const entry = inside.kind === 'left' ? inside.left : inside.submission;
  if (entry.kind === 'action') return { ...none, incidentId: entry.incidentId };
  return { ...none, studentId: entry.studentId };
}

const idOrNone = (id: string | null): string[] => (id === null ? [] : [id]);
