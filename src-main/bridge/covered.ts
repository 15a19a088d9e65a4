/** What a page may ask that was locked before everything was saved (lock/covered.ts): to save, and no more. */
import type { AskName } from '../../src-shared/bridge.ts';
import type { Answer } from '../../src-shared/contract/errors.ts';
import type { VaultRequest } from '../../src-shared/vault.ts';
import { answerFromVault } from '../vault/failure.ts';
import type { Vault } from '../vault/host.ts';
import type { Saving } from '../lock/saving.ts';
import type { Answerers } from './dispatch.ts';

const NOT_ALLOWED: Answer<never> = { ok: false, code: 'not-allowed' };

/** The answerers for one covered page; `saving` is its own. */
export function coveredAnswerers(
  answerers: Answerers,
  vault: () => Pick<Vault, 'ask'> | null,
  saving: Pick<Saving, 'answered'>,
): Answerers {
  const refused = Object.fromEntries(
    (Object.keys(answerers) as AskName[]).map((name) => [name, async () => NOT_ALLOWED]),
  ) as unknown as Answerers;
  return {
    ...refused,
    async saveDraft(request: VaultRequest<'saveDraft'>) {
      const answer = await vault()?.ask('saveDraft', { ...request, isLast: true });
      return answer === undefined ? NOT_ALLOWED : answerFromVault(answer);
    },
    saveConcern: answerers.saveConcern,
    async savedNow({ isAllSaved }: { isAllSaved: boolean }) {
      saving.answered(isAllSaved);
      return { ok: true, value: {} };
    },
  };
}
