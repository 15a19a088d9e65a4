/** A real SMTP server on an ephemeral port that keeps what it gets, and can be made to misbehave. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** The whole message as it came. */
  readonly source: string;
}

/**
 * Answers a recipient with an SMTP code ("550"), or with the code and words ("552 5.2.2 Full"),
 * instead of taking it; undefined takes it.
 */
export type Refuse = (address: string) => number | string | undefined;

export interface Inbox {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Every recipient that was offered, taken or not. */
  readonly offered: readonly string[];
  refuse: Refuse;
  /** The `count`-th e-mail to this address (1: the first), as soon as it is there. */
  next(address: string, count?: number): Promise<ReceivedMail>;
  /** Resolves once `count` recipients have been offered. */
  untilOffered(count: number): Promise<void>;
  /** Forgets what it got. */
  empty(): void;
  close(): Promise<void>;
}

export async function startInbox(port = 0): Promise<Inbox> {
  const mails: ReceivedMail[] = [];
  const offered: string[] = [];
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of waiting) look();
  };
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: (address, _session, callback) => {
      offered.push(address.address);
      const said = inbox.refuse(address.address);
      changed();
      if (said === undefined) {
        callback();
        return;
      }
      const [, code, words] = /^(\d{3}) ?(.*)$/.exec(String(said)) ?? [];
      const refusal = new Error(words || 'refused by the test');
      callback(Object.assign(refusal, { responseCode: Number(code) }));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString('utf8');
        simpleParser(source, (error, parsed) => {
          if (error !== null && error !== undefined) {
            callback(error);
            return;
          }
          mails.push({
            to: session.envelope.rcptTo.map((recipient) => recipient.address).join(','),
            from: parsed.from?.text ?? '',
            subject: parsed.subject ?? '',
            text: parsed.text ?? '',
            html: parsed.html === false ? '' : (parsed.html ?? ''),
            messageId: parsed.messageId ?? '',
            source,
          });
          callback();
          changed();
        });
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');

  const inbox: Inbox = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    offered,
    refuse: () => undefined,
    next: (address, count = 1) =>
      until(() => mails.filter((mail) => mail.to === address)[count - 1]),
    untilOffered: async (count) => {
      await until(() => (offered.length >= count ? true : undefined));
    },
    empty: () => {
      mails.length = 0;
      offered.length = 0;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return inbox;
}
