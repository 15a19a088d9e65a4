/** The pages that open in a person's own browser: choosing a password, and how to open the program. */
import { type ErrorCode, sentenceOf } from '../../src-shared/contract/errors.ts';
import { WRONG_RECIPIENT } from '../mail/message.ts';
import { type Html, html, page } from './html.ts';

type Failed = { readonly code: ErrorCode; readonly waitSeconds?: number | undefined };

/** The form of a link that can be used. `fault`: why the last try was refused. */
export function choosePage(
  schoolName: string,
  person: { readonly name: string; readonly email: string },
  token: string,
  fault: Failed | null,
): string {
  return page(
    schoolName,
    fault === null ? 'Choose your password' : 'Error: choose your password',
    html`<h1>Choose your password</h1>
      <p>Hello ${person.name}. Choose the password with which you sign in to Meadowlark.</p>
      ${fault === null ? null : notice('fault', sentenceOf(fault))}
      <form method="post" action="/set-password/${token}">
        <input type="hidden" name="username" autocomplete="username" value="${person.email}" />
        <label for="password">New password</label>
        <p id="advice" class="advice">
          Three random words, such as a colour, a tool and an animal, are a good way. At least 12
          characters; spaces are fine.
        </p>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          aria-describedby="${fault === null ? '' : 'fault '}advice strength"
          ${fault === null ? null : { html: 'aria-invalid="true"' }}
          required
          autofocus
        />
        <p class="show" hidden>
          <input id="show" type="checkbox" /> <label for="show">Show password</label>
        </p>
        <p id="caps-lock" class="notice" role="status" hidden>Caps Lock is on.</p>
        <p id="strength" class="strength" role="status"></p>
        <button type="submit">Set password</button>
      </form>
      <p class="quiet">
        This link works once, until midnight tonight. You are then signed out wherever you were
        signed in.
      </p>`,
  );
}

/** After success, or after somebody pressed the button twice. */
export function donePage(schoolName: string): string {
  return page(
    schoolName,
    'Your password is set',
    html`<h1>Your password is set</h1>
      ${notice('done', 'You can sign in with it from now on.')}
      <p>
        Go to Meadowlark on a school computer and sign in with your e-mail address and the new
        password. You can close this page.
      </p>`,
  );
}

/** A link that is used, expired or wrong, or a form that could not be taken: it offers a new e-mail. */
export function refusedPage(schoolName: string, fault: Failed): string {
  return page(
    schoolName,
    'This link does not work any more',
    html`<h1>This link does not work any more</h1>
      ${notice('fault', sentenceOf(fault))} ${askForm()}`,
  );
}

/** The answer to asking for a new e-mail: the same for every address (S3). */
export function askedPage(schoolName: string): string {
  return page(
    schoolName,
    'Look in your inbox',
    html`<h1>Look in your inbox</h1>
      <p>
        If the school holds this address, an e-mail with a new link and a code is on its way. Both
        work until midnight tonight. Look in the junk folder too.
      </p>`,
  );
}

/** The form for a new e-mail again, with what was wrong with the last. */
export function askAgainPage(schoolName: string, sentence: string): string {
  return page(
    schoolName,
    'Error: ask for a new e-mail',
    html`<h1>Ask for a new e-mail</h1>
      ${notice('fault', sentence)} ${askForm()}`,
  );
}

/** S12: where an alert's e-mail leads. There is no sign-in on the web. */
export function openPage(schoolName: string): string {
  return page(
    schoolName,
    'How to open Meadowlark',
    html`<h1>How to open Meadowlark</h1>
      <p>
        What you were alerted to can be read in the program Meadowlark, on a school computer. It is
        never shown on the web.
      </p>
      <ol>
        <li>On a school computer, open <strong>Meadowlark</strong> from the start menu.</li>
        <li>Sign in with your school e-mail address and your password.</li>
        <li>The alert stands on your <strong>Dashboard</strong>, under <strong>Alert</strong>.</li>
      </ol>
      <p>
        If you have no password yet, press “Forgotten your password or using Meadowlark for the
        first time?” under the Login button.
      </p>
      <p class="quiet">${WRONG_RECIPIENT}</p>`,
  );
}

/** What a browser is shown where the server itself failed or is busy. */
export function faultPage(schoolName: string, sentence: string): string {
  return page(
    schoolName,
    'This did not work',
    html`<h1>This did not work</h1>
      ${notice('fault', sentence)}`,
  );
}

function askForm(): Html {
  return html`<form method="post" action="/set-password">
    <label for="email">E-mail address that the school holds for you</label>
    <input id="email" name="email" type="email" autocomplete="username" required />
    <button type="submit">Send a new e-mail</button>
  </form>`;
}

function notice(kind: 'fault' | 'done', text: string): Html {
  return html`<p
    id="${kind}"
    class="notice ${kind}"
    role="${kind === 'fault' ? 'alert' : 'status'}"
  >
    ${text}
  </p>`;
}
