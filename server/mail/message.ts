/**
 * The words of the e-mails. An alert's e-mail says who alerted and, where the school allows it, the
 * categories: no student, no text (S12, R104). Bodies are plain text; the worker makes HTML of them.
 */
import type { Settings } from '../settings.ts';

export interface Message {
  readonly subject: string;
  readonly body: string;
}

/** S12: the one fixed sentence for a wrong recipient. */
export const WRONG_RECIPIENT =
  "If you should not have received this, tell the school's administrator.";

/** The server's own address, `https://domain[:port]`, as e-mails and the school file carry it. */
export function originOf(listen: Pick<Settings['listen'], 'domain' | 'port'>): string {
  return new URL(`https://${listen.domain}:${listen.port}`).origin;
}

/** S12, S18: the e-mail to whoever is alerted. `categories` are left out where the school says so. */
export function alertMessage(
  settings: Settings,
  alert: {
    readonly kind: 'incident' | 'action' | 'assigned';
    readonly raisedBy: string;
    readonly categories: readonly string[];
  },
): Message {
  const what = {
    incident: 'alerted you to an incident',
    action: 'alerted you to an action on an incident',
    assigned: 'assigned an incident to you',
  }[alert.kind];
  const categories =
    settings.school.categoryInEmail && alert.categories.length > 0
      ? [`Categories: ${alert.categories.join(', ')}`, '']
      : [];
  return {
    subject: oneLine(`${alert.raisedBy} ${what}`),
    body: [
      `${alert.raisedBy} ${what} at ${settings.school.name}.`,
      '',
      ...categories,
      'Open Meadowlark on a school computer to read it. How to do that:',
      `${originOf(settings.listen)}/open`,
      '',
      WRONG_RECIPIENT,
      '',
    ].join('\n'),
  };
}

/** To the safeguarding team: something waits on the dashboard. Nothing of it is said here (R104). */
export function heldMessage(
  settings: Settings,
  held: { readonly reference: string; readonly isWithoutSigningIn: boolean },
): Message {
  const what = held.isWithoutSigningIn
    ? 'A concern was sent without signing in'
    : 'An entry arrived that the safeguarding team has to complete';
  return {
    subject: what,
    body: [
      `${what}, at ${settings.school.name}. Its reference is ${held.reference}.`,
      '',
      'It waits on the dashboard of the safeguarding team. Open Meadowlark on a school computer:',
      `${originOf(settings.listen)}/open`,
      '',
      WRONG_RECIPIENT,
      '',
    ].join('\n'),
  };
}

/** The same for many from one computer, in one e-mail. */
export function manyHeldMessage(settings: Settings): Message {
  const what = 'Several entries arrived that the safeguarding team has to look at';
  return {
    subject: what,
    body: [
      `${what}, at ${settings.school.name}, all from one computer within an hour.`,
      'You may not have had an e-mail for each of them.',
      '',
      'They wait on the dashboard of the safeguarding team. Open Meadowlark on a school computer:',
      `${originOf(settings.listen)}/open`,
      '',
      WRONG_RECIPIENT,
      '',
    ].join('\n'),
  };
}

/** To the safeguarding team: the mail server does not take somebody's e-mails about alerts. */
export function unreachedMessage(
  settings: Settings,
  of: { readonly name: string; readonly problem: string },
): Message {
  const { name, problem } = of;
  return {
    subject: oneLine(`${name} does not get e-mails about alerts`),
    body: [
      `An e-mail that told ${name} of an alert at ${settings.school.name} was refused (${problem}) and is not tried again.`,
      '',
      `${name} finds the alert on the dashboard of Meadowlark. Tell them in person, and ask the school's administrator to look at their address and mailbox.`,
      'You are told this once a day for each person.',
      '',
      WRONG_RECIPIENT,
      '',
    ].join('\n'),
  };
}

/** S1, S3: the e-mail with the link and the code that let a person choose their own password. */
export function resetMessage(
  settings: Settings,
  reset: { readonly name: string; readonly linkToken: string; readonly code: string },
): Message {
  const code = `${reset.code.slice(0, 5)}-${reset.code.slice(5)}`;
  return {
    subject: oneLine(`Choose your Meadowlark password for ${settings.school.name}`),
    body: [
      `Hello ${reset.name},`,
      '',
      `Somebody, most likely you, asked to choose a password for Meadowlark at ${settings.school.name}.`,
      '',
      'In Meadowlark on a school computer, type this code:',
      code,
      '',
      'Or open this link on any computer or phone:',
      `${originOf(settings.listen)}/set-password/${reset.linkToken}`,
      '',
      'The code and the link work once, until midnight tonight. Three random words, such as a colour, a tool and an animal, make a good password.',
      '',
      'If you did not ask for this, do nothing: your password stays as it is.',
      WRONG_RECIPIENT,
      '',
    ].join('\n'),
  };
}

/** Headers are one line each, whatever a name holds; nodemailer encodes the rest. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
