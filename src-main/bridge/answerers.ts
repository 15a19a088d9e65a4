/** What main does for each ask of the bridge: carried to the server, kept by the vault, or its own. */
import { asks } from '../../src-shared/bridge.ts';
import type {
  AskName,
  ComputerView,
  LinkState,
  Waiting,
  Whereabouts,
} from '../../src-shared/bridge.ts';
import { markAlertRead } from '../../src-shared/contract/alert.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import type { Preferences } from '../../src-shared/contract/preference.ts';
import { savePreferences } from '../../src-shared/contract/preference.ts';
import type { Concern } from '../../src-shared/contract/seal.ts';
import type { VaultAskName } from '../../src-shared/vault.ts';
import type { School } from '../school.ts';
import { isActionOnTheWay } from '../session/action-on-the-way.ts';
import { answerFromVault } from '../vault/failure.ts';
import { supportAddress } from '../windows/navigation.ts';
import type { Answerers } from './dispatch.ts';

/** The part of the school that asks are answered with. */
export type SchoolParts = Pick<
  School,
  'person' | 'session' | 'vault' | 'courier' | 'drafts' | 'saving' | 'lock' | 'idle'
>;

/** What the answerers work with. */
export interface AnswererParts {
  /** Null until the school file is in place. */
  readonly school: () => SchoolParts | null;
  readonly link: () => LinkState;
  readonly readComputer: () => ComputerView;
  /** Lets the person pick a school file and takes it. */
  readonly openSchoolFile: () => Promise<Answer<ComputerView>>;
  readonly rememberPreferences: (preferences: Preferences) => void;
  /** Opens an address in the person's mail program or browser. */
  readonly openOutside: (address: string) => Promise<void>;
  readonly now: () => Date;
}

const NO_SCHOOL: Answer<never> = { ok: false, code: 'no-school' };
const DONE: Answer<Record<string, never>> = { ok: true, value: {} };
export const NOTHING_WAITS: Waiting = {
  count: 0,
  oldestMinutes: 0,
  nobodyAlertedYet: false,
  damaged: 0,
};

type CarriedName = {
  [N in AskName]: (typeof asks)[N] extends { readonly endpoint: object } ? N : never;
}[AskName];
/** What the vault answers as it is. */
const KEPT = [
  'readEarlierDrafts',
  'saveDraft',
  'listDrafts',
  'noteLossesSeen',
  'readDraft',
  'discardDraft',
  'undiscardDraft',
  'submit',
  'listOwnItems',
  'listWaiting',
  'noteDamageRead',
] as const satisfies readonly (AskName & VaultAskName)[];
type KeptName = (typeof KEPT)[number];
type Own = Exclude<AskName, CarriedName | KeptName>;

/** Of the asks that the vault answers as it is, those that change the person's drafts. */
const CHANGING: readonly KeptName[] = ['saveDraft', 'discardDraft', 'undiscardDraft', 'submit'];

type ConcernAsked = Omit<Concern, 'isFinished' | 'writtenAt'>;

export function answerersOf(parts: AnswererParts): Answerers {
  const { school } = parts;

  /** Signing in in whichever way it was asked for; how the page is read is remembered here. */
  const signedIn = <T extends { readonly preferences: Preferences }>(
    answer: Answer<T>,
  ): Answer<T> => {
    if (!answer.ok) return answer;
    parts.rememberPreferences(answer.value.preferences);
    school()?.idle.noteInput();
    school()?.drafts.changed();
    return answer;
  };

  const keepConcern = async (asked: ConcernAsked, isFinished: boolean) => {
    const here = school();
    if (here === null) return NO_SCHOOL;
    const concern = { ...asked, writtenAt: parts.now().toISOString(), isFinished };
    const answer = await here.vault.ask('saveConcern', { concern });
    if (answer.ok) here.lock.noteConcernSaved();
    void here.courier.wake();
    return answerFromVault(answer);
  };

  const own: Pick<Answerers, Own> = {
    readComputer: async () => ({ ok: true, value: parts.readComputer() }),
    openSchoolFile: async () => parts.openSchoolFile(),
    readLink: async () => ({ ok: true, value: parts.link() }),

    async signIn({ email, password }: { email: string; password: string }) {
      const here = school();
      if (here === null) return NO_SCHOOL;
      // Two persons' keys are never here at once.
      if (here.lock.holdsKeys) await here.lock.leaveLocked();
      const answer = signedIn(await here.person.signIn(email, password));
      if (answer.ok) await here.lock.leaveLocked();
      return answer;
    },
    giveOldPassword: async ({ old }: { old: string }) =>
      signedIn((await school()?.person.giveOldPassword(old)) ?? NO_SCHOOL),
    recoverDrafts: async () => signedIn((await school()?.person.recoverDrafts()) ?? NO_SCHOOL),
    beginAnew: async () => signedIn((await school()?.person.beginAnew()) ?? NO_SCHOOL),
    readSession: async () => (await school()?.person.read()) ?? { ok: true, value: null },
    async signOut({ why }: { why: 'asked' | 'keys-waited' }) {
      await school()?.lock.signOut(why === 'asked' ? 'first' : why);
      return DONE;
    },
    async signOutEverywhere() {
      const answer = (await school()?.person.leaveEverywhere()) ?? NO_SCHOOL;
      if (answer.ok) await school()?.lock.signOut('left-everywhere');
      return answer;
    },

    async noteInput() {
      school()?.idle.noteInput();
      await school()?.session.noteInput();
      return DONE;
    },
    async noteWhereabouts(whereabouts: Whereabouts) {
      school()?.lock.noteWhereabouts(whereabouts);
      return DONE;
    },
    async lock() {
      await school()?.lock.lock();
      return DONE;
    },
    readLocked: async () => ({ ok: true, value: school()?.lock.locked ?? null }),
    async unlock({ password }: { password: string }) {
      const answer = (await school()?.lock.unlock(password)) ?? NO_SCHOOL;
      if (answer.ok) signedIn({ ok: true, value: answer.value.session });
      return answer;
    },
    async leaveLocked() {
      await school()?.lock.leaveLocked();
      return DONE;
    },

    async contactSupport({ by }: { by: 'email' | 'link' }) {
      const view = school()?.person.view ?? null;
      if (view === null) return { ok: false, code: 'session-ended' };
      const address = supportAddress(view.school.support, by);
      if (address === null) return { ok: false, code: 'not-found' };
      await parts.openOutside(address);
      return DONE;
    },

    readWaiting: async () => ({ ok: true, value: school()?.courier.waiting ?? NOTHING_WAITS }),
    async savedNow({ isAllSaved }: { isAllSaved: boolean }) {
      school()?.saving.answered(isAllSaved);
      return DONE;
    },
    async noteConcernShown({ isShown }: { isShown: boolean }) {
      school()?.lock.noteConcern(isShown);
      return DONE;
    },
    readLeftConcern: async () => ({ ok: true, value: school()?.lock.leftConcern ?? null }),
    saveConcern: ({ concern }: { concern: ConcernAsked }) => keepConcern(concern, false),
    finishConcern: ({ concern }: { concern: ConcernAsked }) => keepConcern(concern, true),
  };

  const keep = (name: KeptName) => async (request: never) => {
    const here = school();
    if (here === null) return NO_SCHOOL;
    // The keys of whoever is locked out are there for their own page, and for nothing that is shown.
    if (here.lock.holdsKeys && name !== 'listWaiting') return { ok: false, code: 'keys-locked' };
    // The page may be gone afterwards: the reserve of a full disk is for this one (R79).
    const isLast = name === 'saveDraft' && here.saving.isAsking;
    const asked = isLast ? { ...(request as object), isLast } : request;
    const answer = await here.vault.ask(name, asked as never);
    if (CHANGING.includes(name) && answer.ok) here.drafts.changed();
    if ((name === 'submit' || name === 'noteDamageRead') && answer.ok) void here.courier.wake();
    return answerFromVault(answer);
  };
  const kept = Object.fromEntries(KEPT.map((name) => [name, keep(name)])) as Pick<
    Answerers,
    KeptName
  >;

  const carried: Partial<Record<AskName, Answerers[CarriedName]>> = Object.fromEntries(
    (Object.keys(asks) as AskName[]).flatMap((name) => {
      const ask = asks[name];
      if (!('endpoint' in ask)) return [];
      const carry = async (request: Readonly<Record<string, unknown>>) =>
        (await school()?.person.carry(ask.endpoint, request)) ?? NO_SCHOOL;
      return [[name, carry]];
    }),
  );

  return {
    ...own,
    ...kept,
    ...(carried as Pick<Answerers, CarriedName>),
    changePassword: async (request: { current: string; password: string }) =>
      (await school()?.person.changePassword(request)) ?? NO_SCHOOL,
    async savePreferences(preferences: Preferences) {
      const here = school();
      const answer = (await here?.person.carry(savePreferences, preferences)) ?? NO_SCHOOL;
      if (answer.ok) {
        here?.session.change({ preferences: answer.value });
        parts.rememberPreferences(answer.value);
      }
      return answer;
    },
    async markAlertRead(request: { alertId: string }) {
      const here = school();
      if (here === null) return NO_SCHOOL;
      const waits = await isActionOnTheWay(request.alertId, here.vault, here.person);
      if (!waits.ok) return waits;
      if (waits.value) return { ok: false, code: 'action-on-the-way' };
      return here.person.carry(markAlertRead, request);
    },
  };
}
