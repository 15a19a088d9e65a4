/** The queue as the worker sees it. Words and links of an e-mail are wiped once it is done with. */
import type { Db, Transaction } from '../db/open.ts';
import type { OutgoingMail } from './sending.ts';

export interface DueMail extends OutgoingMail {
  readonly id: string;
  readonly kind: 'alert' | 'reset';
  readonly staffId: string;
  readonly name: string;
  readonly queuedAt: string;
  readonly tries: number;
}

/** The e-mails to try now, oldest first. */
export async function dueMails(db: Db, now: string, most: number): Promise<DueMail[]> {
  return await db
    .selectFrom('mail')
    .innerJoin('staff', 'staff.id', 'mail.staff_id')
    .where('mail.sent_at', 'is', null)
    .where('mail.refused_at', 'is', null)
    .where('mail.next_try_at', '<=', now)
    .orderBy('mail.next_try_at')
    .orderBy('mail.position')
    .limit(most)
    .select([
      'mail.id',
      'mail.message_id as messageId',
      'mail.subject',
      'mail.body',
      'mail.tries',
      'mail.kind',
      'mail.queued_at as queuedAt',
      'staff.id as staffId',
      'staff.name',
      'staff.email as to',
    ])
    .execute();
}

/** Gives up e-mails with an expired link, and those to people who do not work here any more. */
export async function dropUseless(db: Db, now: string): Promise<void> {
  await db
    .updateTable('mail')
    .set({ refused_at: now, last_problem: 'useless', body: '' })
    .where('sent_at', 'is', null)
    .where('refused_at', 'is', null)
    .where((where) =>
      where.or([
        where('useless_after', '<=', now),
        where(
          'staff_id',
          'in',
          where.selectFrom('staff').select('staff.id').where('staff.is_active', '=', 0),
        ),
      ]),
    )
    .execute();
}

export async function noteSent(db: Db, mailId: string, at: string): Promise<void> {
  await db
    .updateTable('mail')
    .set((set) => ({ sent_at: at, body: '', tries: set('tries', '+', 1) }))
    .where('id', '=', mailId)
    .execute();
}

export async function noteRefused(
  db: Transaction,
  mailId: string,
  at: string,
  problem: string,
): Promise<void> {
  await db
    .updateTable('mail')
    .set((set) => ({
      refused_at: at,
      last_problem: problem,
      body: '',
      tries: set('tries', '+', 1),
    }))
    .where('id', '=', mailId)
    .execute();
}

export async function noteFailed(
  db: Db,
  mailId: string,
  nextTryAt: string,
  problem: string,
): Promise<void> {
  await db
    .updateTable('mail')
    .set((set) => ({
      next_try_at: nextTryAt,
      last_problem: problem,
      tries: set('tries', '+', 1),
    }))
    .where('id', '=', mailId)
    .execute();
}
