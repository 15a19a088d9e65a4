/** Sends one e-mail over SMTP, and says what its failure means: try again, or never. */
import { createTransport } from 'nodemailer';
import type { Settings } from '../settings.ts';
import { htmlOf } from './html.ts';

/** R30's sisters for mail: a server that accepts and says nothing holds up nobody for longer. */
export const MAIL_TIME_LIMITS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
} as const;
export type MailTimeLimits = { readonly [K in keyof typeof MAIL_TIME_LIMITS]: number };

export interface OutgoingMail {
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly body: string;
}

export type SendMail = (mail: OutgoingMail) => Promise<void>;

/**
 * What a failure is about. The `way` is down, busy or slow, and says nothing of the e-mail; the
 * `mail` was refused and may be taken some hours later (a full mailbox, a limit); the `address` is
 * nobody's.
 */
export type ProblemOf = 'way' | 'mail' | 'address';

/**
 * A failure of sending. `problem` is a code such as "550" or "ETIMEDOUT", never the mail server's
 * text, which may quote an address.
 */
export class MailProblem extends Error {
  readonly problem: string;
  readonly of: ProblemOf;
  constructor(problem: string, of: ProblemOf) {
    super(problem);
    this.problem = problem;
    this.of = of;
  }
}

/** What sends for these settings; throws `MailProblem`. */
export function makeSender(settings: Settings, limits: MailTimeLimits): SendMail {
  const transport = createTransport({ ...connectionOf(settings.mail.url), ...limits });
  const from = { name: `Meadowlark, ${settings.school.name}`, address: settings.mail.from };
  return async (mail) => {
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: mail.to },
        subject: mail.subject,
        messageId: mail.messageId,
        text: mail.body,
        html: htmlOf(mail.subject, mail.body),
        headers: { 'Auto-Submitted': 'auto-generated' },
        // A row of the queue is text: nothing in it may make the server read a file or an address.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      throw problemOf(error);
    }
  };
}

/**
 * TLS is asked for everywhere but on this very computer; a mail server in the school's own network
 * that has none is allowed with `?tls=never` in the address.
 */
export function connectionOf(address: string): {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  ignoreTLS: boolean;
  auth?: { user: string; pass: string };
} {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'smtps:';
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host);
  const ignoreTLS = !secure && (isHere || url.searchParams.get('tls') === 'never');
  const connection = {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && !ignoreTLS,
    ignoreTLS,
  };
  if (url.username === '') return connection;
  const auth = {
    user: decodeURIComponent(url.username),
    pass: decodeURIComponent(url.password),
  };
  return { ...connection, auth };
}

/** What the mail server says with 5xx of this recipient or this message; all else is of the way. */
function problemOf(error: unknown): MailProblem {
  const { code, responseCode, command, response } = error as {
    code?: string;
    responseCode?: number;
    command?: string;
    response?: string;
  };
  const problem = String(responseCode ?? code ?? 'unknown');
  const isOfThisMail = code === 'EENVELOPE' || code === 'EMESSAGE' || command === 'DATA';
  const isOfSender = command === 'MAIL FROM';
  if (!isOfThisMail || isOfSender || responseCode === undefined || responseCode < 500) {
    return new MailProblem(problem, 'way');
  }
  return new MailProblem(problem, isOfAddress(responseCode, response ?? '') ? 'address' : 'mail');
}

/** By the enhanced status (RFC 3463: 5.1.x is the address), else by the code alone (RFC 5321). */
function isOfAddress(responseCode: number, response: string): boolean {
  const [, subject] = /^\d{3}[ -]5\.(\d{1,3})\.\d{1,3}\b/.exec(response) ?? [];
  return subject === undefined ? [550, 551, 553].includes(responseCode) : subject === '1';
}
