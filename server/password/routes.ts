/** Passwords over the API: asking for the e-mail, setting one by its code, changing one. */
import {
  changePassword,
  requestReset,
  setPasswordByCode,
} from '../../src-shared/contract/password.ts';
import { openRoute, Refusal, route, type House, type Route } from '../http/route.ts';
import { sessionOf } from '../session/rows.ts';
import { countFailure, clearThrottle, throttleKey, throttleState } from '../throttle/rows.ts';
import {
  askForReset,
  judgeAndHash,
  keepNewPassword,
  setByCode,
  type PasswordTools,
} from './reset.ts';
import { passwordHashOf } from './rows.ts';
import { normalised } from './strength.ts';

export function passwordRoutes(house: House, tools: PasswordTools): Route[] {
  return [
    openRoute(requestReset, 'choose a password', async ({ email }, { address }) => {
      await askForReset(house, tools, { email, address });
      return {};
    }),

    openRoute(setPasswordByCode, 'choose a password', async (chosen, { address }) => {
      await setByCode(house, tools, { ...chosen, address });
      return {};
    }),

    route(changePassword, 'keep own account', async ({ current, password }, { actor }) => {
      const checked = await checkCurrent(house, tools, actor.sessionId, actor.staffId, current);
      const person = await sessionOf(house.db, actor.sessionId);
      const hash = await judgeAndHash(house, tools, person, password);
      const at = house.now().toISOString();
      const ended = await house.db.transaction().execute(async (trx) => {
        // It may have been changed while this one was judged: then the session has ended, too.
        if ((await passwordHashOf(trx, actor.staffId)) !== checked) {
          throw new Refusal('session-ended');
        }
        return await keepNewPassword(
          trx,
          { staffId: actor.staffId, schoolId: actor.schoolId, email: person.email },
          hash,
          at,
          { sessionId: actor.sessionId, computerId: actor.computerId },
        );
      });
      house.tellEnded(ended);
      return {};
    }),
  ];
}

/**
 * Returns the stored hash that `current` fits. An unattended session is no way to guess a password
 * either: its tries are held up the same.
 */
async function checkCurrent(
  house: House,
  tools: PasswordTools,
  sessionId: string,
  staffId: string,
  current: string,
): Promise<string | null> {
  tools.hasher.refuseIfFull();
  const key = throttleKey('change', sessionId);
  const now = house.now();
  const waitSeconds = await house.db.transaction().execute(async (trx) => {
    const state = await throttleState(trx, key, now);
    if (state.waitSeconds === 0) await countFailure(trx, key, now);
    return state.waitSeconds;
  });
  if (waitSeconds > 0) throw new Refusal('too-many-tries', waitSeconds);
  const stored = await passwordHashOf(house.db, staffId);
  if (!(await tools.hasher.verify(stored, normalised(current)))) {
    throw new Refusal('current-password-wrong');
  }
  await house.db.transaction().execute((trx) => clearThrottle(trx, key));
  return stored;
}
