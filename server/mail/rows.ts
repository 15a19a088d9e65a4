/** The queue of e-mails: written in the transaction of what they tell of, sent by the worker. */
import type { Transaction } from '../db/open.ts';
import type { House } from '../http/route.ts';
import { alertMessage, type Message } from './message.ts';

export interface QueuedMail extends Message {
  readonly kind: 'alert' | 'reset';
  readonly staffId: string;
  /** Not sent any more after this moment (a link that has expired); null: always of use. */
  readonly uselessAfter: string | null;
  /** Gathered: sent at `at` at the earliest, and only once under its `key`. */
  readonly gathered?: { readonly key: string; readonly at: string };
}

/**
 * Queues one e-mail to a member of staff. Call `house.mailWaits()` after the commit. The
 * Message-ID is made here and never changes, so that a repeat can be told from a second message.
 */
export async function queueMail(
  trx: Transaction,
  house: Pick<House, 'now' | 'newId' | 'settings'>,
  mail: QueuedMail,
): Promise<void> {
  await queueMails(trx, house, [mail]);
}

/**
 * S12, S18: queues the e-mails of the alerts of one entry, in the alerts' own transaction.
 * `raisedBy` and `categories` are names, in the order they are to be read.
 */
export async function queueAlertMails(
  trx: Transaction,
  house: Pick<House, 'now' | 'newId' | 'settings'>,
  entry: {
    readonly raisedBy: string;
    readonly categories: readonly string[];
    readonly alerts: readonly {
      readonly staffId: string;
      readonly kind: 'incident' | 'action' | 'assigned';
    }[];
  },
): Promise<void> {
  const { raisedBy, categories } = entry;
  await queueMails(
    trx,
    house,
    entry.alerts.map(({ staffId, kind }) => ({
      ...alertMessage(house.settings, { kind, raisedBy, categories }),
      kind: 'alert',
      staffId,
      uselessAfter: null,
    })),
  );
}

/** As `queueMail`, for several people in one statement. */
export async function queueMails(
  trx: Transaction,
  house: Pick<House, 'now' | 'newId' | 'settings'>,
  mails: readonly QueuedMail[],
): Promise<void> {
  if (mails.length === 0) return;
  const at = house.now().toISOString();
  await trx
    .insertInto('mail')
    .values(
      mails.map((mail) => {
        const id = house.newId();
        return {
          id,
          school_id: house.settings.school.id,
          staff_id: mail.staffId,
          message_id: `<${mail.gathered?.key ?? id}@${house.settings.listen.domain}>`,
          kind: mail.kind,
          subject: mail.subject,
          body: mail.body,
          queued_at: at,
          next_try_at: mail.gathered?.at ?? at,
          useless_after: mail.uselessAfter,
          sent_at: null,
          refused_at: null,
          last_problem: null,
        };
      }),
    )
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .execute();
}
