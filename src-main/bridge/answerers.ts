/** What main does for each ask of the bridge: most are carried to the server, the rest are its own. */
import { asks } from '../../src-shared/bridge.ts';
import type { AskName, ComputerView, LinkState } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import type { Preferences } from '../../src-shared/contract/preference.ts';
import { savePreferences } from '../../src-shared/contract/preference.ts';
import { sendSubmission } from '../../src-shared/contract/submission.ts';
import type { Submission } from '../../src-shared/contract/submission.ts';
import { checkReceipt } from '../link/receipt.ts';
import type { Session } from '../session/session.ts';
import { supportAddress } from '../windows/navigation.ts';
import type { Answerers } from './dispatch.ts';

/** What the answerers work with. */
export interface AnswererParts {
  /** The school's session and signing key; null until the school file is in place. */
  readonly school: () => { readonly session: Session; readonly signingKey: string } | null;
  readonly link: () => LinkState;
  readonly readComputer: () => ComputerView;
  /** Lets the person pick a school file and takes it. */
  readonly openSchoolFile: () => Promise<Answer<ComputerView>>;
  readonly rememberPreferences: (preferences: Preferences) => void;
  /** Opens an address in the person's mail program or browser. */
  readonly openOutside: (address: string) => Promise<void>;
}

const NO_SCHOOL: Answer<never> = { ok: false, code: 'no-school' };
const DONE: Answer<Record<string, never>> = { ok: true, value: {} };

type Own = Exclude<AskName, CarriedName>;
type CarriedName = {
  [N in AskName]: (typeof asks)[N] extends { readonly endpoint: object } ? N : never;
}[AskName];

export function answerersOf(parts: AnswererParts): Answerers {
  const { school } = parts;

  const own: Pick<Answerers, Own> = {
    readComputer: async () => ({ ok: true, value: parts.readComputer() }),
    openSchoolFile: async () => parts.openSchoolFile(),
    readLink: async () => ({ ok: true, value: parts.link() }),
    async signIn({ email, password }: { email: string; password: string }) {
      const answer = (await school()?.session.signIn(email, password)) ?? NO_SCHOOL;
      if (answer.ok) parts.rememberPreferences(answer.value.preferences);
      return answer;
    },
    readSession: async () => (await school()?.session.read()) ?? { ok: true, value: null },
    async signOut() {
      school()?.session.signOut();
      return DONE;
    },
    signOutEverywhere: async () => (await school()?.session.signOutEverywhere()) ?? DONE,
    async noteInput() {
      await school()?.session.noteInput();
      return DONE;
    },
    async contactSupport({ by }: { by: 'email' | 'link' }) {
      const view = school()?.session.view ?? null;
      if (view === null) return { ok: false, code: 'session-ended' };
      const address = supportAddress(view.school.support, by);
      if (address === null) return { ok: false, code: 'not-found' };
      await parts.openOutside(address);
      return DONE;
    },
  };

  const carried: Partial<Record<AskName, Answerers[CarriedName]>> = Object.fromEntries(
    (Object.keys(asks) as AskName[]).flatMap((name) => {
      const ask = asks[name];
      if (!('endpoint' in ask)) return [];
      const carry = async (request: Readonly<Record<string, unknown>>) =>
        (await school()?.session.carry(ask.endpoint, request)) ?? NO_SCHOOL;
      return [[name, carry]];
    }),
  );

  return {
    ...own,
    ...(carried as Pick<Answerers, CarriedName>),
    async savePreferences(preferences: Preferences) {
      const { session } = school() ?? {};
      const answer = (await session?.carry(savePreferences, preferences)) ?? NO_SCHOOL;
      if (answer.ok) {
        session?.change({ preferences: answer.value });
        parts.rememberPreferences(answer.value);
      }
      return answer;
    },
    async sendSubmission(submission: Submission) {
      const { session, signingKey } = school() ?? {};
      if (session === undefined || signingKey === undefined) return NO_SCHOOL;
      const answer = await session.carry(sendSubmission, submission);
      return answer.ok ? checkReceipt(answer.value, submission, signingKey) : answer;
    },
  };
}
