/**
 * The vault without its process: takes a message, gives the answer. Requests are worked on one
 * after the other, in the order in which they came; every failure is a code; nothing is thrown.
 */
import sodium from 'libsodium-wrappers-sumo';
import { z } from 'zod';
import {
  vaultAsks,
  type VaultAskName,
  type VaultReply,
  type VaultReplyMessage,
} from '../src-shared/vault.ts';
import {
  discardDraft,
  listDrafts,
  noteLossesSeen,
  readDraft,
  removeDiscarded,
  saveDraft,
  undiscardDraft,
} from './drafts/drafts.ts';
import { VaultFailure, answerOf } from './failure.ts';
import type { House } from './house.ts';
import { keepCertificate } from './keys/certificate.ts';
import { readEarlierDrafts } from './keys/earlier.ts';
import { noteTime } from './keys/limits.ts';
import { forgetPerson, keepProfile, listPeople } from './keys/people.ts';
import { beginRecovery, finishRecovery } from './keys/recovery.ts';
import {
  beginAnew,
  changePassword,
  forgetUnlocked,
  unlockOffline,
  unlockOnline,
  unlockWithOld,
} from './keys/unlock.ts';
import { keepList, readList } from './lists/lists.ts';
import { openHouse, proveForgotten, type VaultParts } from './open-house.ts';
import { listWaiting, noteDiffers, noteReceipt, noteTry, readSealed } from './outbox/carry.ts';
import { noteDamageRead } from './outbox/damage.ts';
import { saveConcern } from './outbox/concern.ts';
import { listKept, offerAgain } from './outbox/kept.ts';
import { listOwnItems } from './outbox/own.ts';
import { submit } from './outbox/submit.ts';

type Ask<N extends VaultAskName> = (
  house: House,
  request: z.output<(typeof vaultAsks)[N]['request']>,
) =>
  | VaultReply<N>
  | Promise<VaultReply<N>>
  | (VaultReply<N> extends Record<string, never> ? void | Promise<void> : never);

/** Every ask but the first. What answers with nothing returns nothing. */
const ASKS: { readonly [N in Exclude<VaultAskName, 'open'>]: Ask<N> } = {
  useSealingKey: (house, { sealingKey }) => {
    house.school.sealingKey = sealingKey;
  },
  unlockOnline,
  unlockWithOld,
  beginRecovery,
  finishRecovery,
  readEarlierDrafts,
  beginAnew,
  unlockOffline,
  keepCertificate,
  keepProfile,
  changePassword,
  listPeople,
  forgetPerson,
  saveDraft,
  listDrafts,
  noteLossesSeen,
  readDraft,
  discardDraft,
  undiscardDraft,
  submit,
  listOwnItems,
  saveConcern,
  listWaiting,
  readSealed,
  noteTry,
  noteReceipt,
  noteDiffers,
  listKept,
  offerAgain,
  noteDamageRead,
  proveForgotten,
  keepList,
  readList,
};

const Message = z.object({ number: z.int(), ask: z.string(), request: z.unknown() });

export interface Vault {
  /** Null for what is not a message at all: there is no number to answer to. */
  readonly answer: (message: unknown) => Promise<VaultReplyMessage | null>;
  /** What is done by time: to be called every few seconds. */
  readonly tick: () => Promise<void>;
  /** Forgets keys and closes the store; for tests, as a real vault is ended by its death. */
  readonly close: () => Promise<void>;
}

export async function createVault(parts: VaultParts): Promise<Vault> {
  await sodium.ready;
  const state: { house: House | null; isRefused: boolean; notedMs: number } = {
    house: null,
    isRefused: false,
    notedMs: parts.steadyMs(),
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    async answer(message) {
      const { data } = Message.safeParse(message);
      if (!data) return null;
      const { number, ask, request } = data;
      try {
        const value = await inTurn(() => handle(parts, state, ask, request));
        return { number, answer: { ok: true, value } };
      } catch (error) {
        return { number, answer: answerOf(error) };
      }
    },
    tick: () =>
      inTurn(async () => {
        if (state.house === null) return;
        try {
          removeDiscarded(state.house, false);
          if (parts.steadyMs() - state.notedMs > NOTED_EVERY_MS) {
            state.notedMs = noteTime(state.house, state.notedMs);
          }
        } catch {
          // A disk that refuses now is asked again at the next tick.
        }
      }),
    close: () =>
      inTurn(async () => {
        if (state.house === null) return;
        forgetUnlocked(state.house);
        state.house.store.close();
        state.house = null;
      }),
  };
}

const NOTED_EVERY_MS = 5 * 60_000;

interface State {
  house: House | null;
  /** The disk refused when it was opened: what is asked now is not saved either. */
  isRefused: boolean;
  notedMs: number;
}

async function handle(
  parts: VaultParts,
  state: State,
  name: string,
  request: unknown,
): Promise<unknown> {
  if (!Object.hasOwn(vaultAsks, name)) throw new VaultFailure('fault');
  const ask = name as VaultAskName;
  const { request: Request, reply: Reply } = vaultAsks[ask];
  const asked: unknown = Request.parse(request);
  if (ask === 'open') return Reply.parse(await open(parts, state, asked));
  if (state.house === null) throw new VaultFailure(state.isRefused ? 'not-saved' : 'fault');
  if (ask === 'unlockOffline' || ask === 'keepProfile') {
    state.notedMs = noteTime(state.house, state.notedMs);
  }
  // The table's own schema has just checked that this is the request of this ask.
  const work = ASKS[ask] as (house: House, request: unknown) => unknown;
  return Reply.parse((await work(state.house, asked)) ?? {});
}

async function open(parts: VaultParts, state: State, request: unknown): Promise<unknown> {
  // A second time only where the first was refused: two handles on one store would be two vaults.
  if (state.house !== null) throw new VaultFailure('fault');
  state.isRefused = true;
  const { house, reply } = await openHouse(parts, vaultAsks.open.request.parse(request));
  state.house = house;
  state.isRefused = false;
  return reply;
}
