/**
 * R68: what belongs together in the school's database and is there only in part: an entry without
 * its audit row, its receipt or its alerts' e-mails, a session without its sign-in, or the other
 * way round.
 */
import type SQLite from 'better-sqlite3';

const AUDITED: readonly { readonly what: string; readonly ids: string; readonly events: string }[] =
  [
    { what: 'incident', ids: 'SELECT id FROM incident', events: `'create'` },
    { what: 'action', ids: 'SELECT id FROM action', events: `'action'` },
    { what: 'alert', ids: 'SELECT id FROM alert', events: `'alert'` },
    { what: 'held item', ids: 'SELECT id FROM held', events: `'hold', 'submission-aside'` },
  ];

/** Each is a query that counts; of a database in which everything is whole, all count 0. */
const COUNTS: readonly { readonly what: string; readonly query: string }[] = [
  ...AUDITED.flatMap(({ what, ids, events }) => [
    {
      what: `${what} without its one audit row`,
      query: `SELECT count(*) FROM (${ids}) AS thing WHERE 1 <> (SELECT count(*) FROM audit
        WHERE audit.object_id = thing.id AND event IN (${events}) AND result = 'done')`,
    },
    {
      what: `audit row without its ${what}`,
      query: `SELECT count(*) FROM audit WHERE event IN (${events}) AND result = 'done'
        AND object_id NOT IN (${ids})`,
    },
  ]),
  {
    what: 'entry without its receipt',
    query: `SELECT count(*) FROM (SELECT id FROM incident UNION ALL SELECT id FROM action) AS entry
      WHERE entry.id NOT IN (SELECT id FROM carried)`,
  },
  {
    what: 'receipt without what it is for',
    query: `SELECT count(*) FROM carried WHERE id NOT IN (SELECT id FROM incident
      UNION ALL SELECT id FROM action UNION ALL SELECT id FROM held)`,
  },
  {
    what: 'alert without its e-mail, or e-mail without its alert',
    query: `SELECT coalesce(sum(abs(alerts - mails)), 0) FROM (SELECT
      (SELECT count(*) FROM alert WHERE alert.staff_id = staff.id) AS alerts,
      (SELECT count(*) FROM mail WHERE mail.staff_id = staff.id AND kind = 'alert'
        AND EXISTS (SELECT 1 FROM staff AS by WHERE mail.subject LIKE by.name || ' %')) AS mails
      FROM staff)`,
  },
  {
    what: 'session without its sign-in',
    query: `SELECT count(*) FROM session WHERE 1 <> (SELECT count(*) FROM audit
      WHERE audit.session_id = session.id AND event = 'sign-in' AND result = 'done')`,
  },
  {
    what: 'sign-in without its session',
    query: `SELECT count(*) FROM audit WHERE event = 'sign-in' AND result = 'done'
      AND session_id NOT IN (SELECT id FROM session)`,
  },
];

/** A sentence for each kind of half that is there, as of one moment; none where all is whole. */
export function halvesIn(sqlite: SQLite.Database): string[] {
  const look = sqlite.transaction(() =>
    COUNTS.flatMap(({ what, query }) => {
      const count = Number(sqlite.prepare<[], number>(query).pluck().get());
      return count === 0 ? [] : [`${count} × ${what}`];
    }),
  );
  return look();
}
