/** A local inbox: a real SMTP receiver on loopback, whose mail can be read in a browser too. */
import { join } from 'node:path';
import { MailDev } from 'maildev';

export interface Mail {
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

export interface Inbox {
  /** What the server sends to: `smtp://127.0.0.1:PORT`. */
  readonly smtpUrl: string;
  /** Where a person reads it: `http://127.0.0.1:PORT`. */
  readonly webUrl: string;
  /** All that has arrived, oldest first. */
  readonly mails: readonly Mail[];
  /**
   * The first mail to `address` that `fits` and is not among the first `after` of `mails`; waits
   * for it. Rejects after `withinMs`, saying what did arrive.
   */
  waitFor(address: string, options?: WaitOptions): Promise<Mail>;
  stop(): Promise<void>;
}

export interface WaitOptions {
  readonly fits?: (mail: Mail) => boolean;
  readonly after?: number;
  readonly withinMs?: number;
}

/** Starts it on ports that are free; `folder` is where attachments and sources lie meanwhile. */
export async function startInbox(folder: string): Promise<Inbox> {
  const maildev = new MailDev({
    smtp: 0,
    ip: '127.0.0.1',
    web: 0,
    webIp: '127.0.0.1',
    silent: true,
    mailDirectory: join(folder, 'mail'),
  });
  const { smtp, api } = await maildev.start();
  const mails: Mail[] = [];
  const listeners = new Set<() => void>();
  smtp.on('new', (email: Awaited<ReturnType<typeof smtp.getEmail>>) => {
    mails.push({
      to: email.to.map(({ address }) => address ?? ''),
      from: email.from[0]?.address ?? '',
      subject: email.subject,
      text: email.text ?? '',
      messageId: String(email.headers['message-id'] ?? ''),
    });
    for (const listener of listeners) listener();
  });
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp.getPort()}`,
    webUrl: `http://127.0.0.1:${api?.getPort() ?? 0}`,
    mails,
    waitFor: (address, options = {}) => waitFor({ mails, listeners }, address, options),
    stop: () => maildev.stop(),
  };
}

function waitFor(
  { mails, listeners }: { mails: readonly Mail[]; listeners: Set<() => void> },
  address: string,
  { fits = () => true, after = 0, withinMs = 15_000 }: WaitOptions,
): Promise<Mail> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = mails.slice(after).find((mail) => mail.to.includes(address) && fits(mail));
      if (found === undefined) return;
      end();
      resolve(found);
    };
    const timer = setTimeout(() => {
      end();
      const others = mails.slice(after).map(({ to, subject }) => `${to.join(', ')}: ${subject}`);
      reject(
        new Error(
          `no such e-mail to ${address}; there came: ${others.join('; ') || 'none at all'}`,
        ),
      );
    }, withinMs);
    const end = (): void => {
      clearTimeout(timer);
      listeners.delete(look);
    };
    listeners.add(look);
    look();
  });
}
