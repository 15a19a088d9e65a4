/** What is said outside the window: never a name, a category or a text (R104). */
import type { Waiting } from '../../src-shared/bridge.ts';

function entries({ count }: Waiting): string {
  return count === 1 ? '1 entry has' : `${count} entries have`;
}

export function trayTitle(waiting: Waiting): string {
  return waiting.count === 0 ? 'Everything has been sent' : `${entries(waiting)} not been sent yet`;
}

export const STAYING = {
  message: 'Not everything has been sent yet. Meadowlark stays on until it is.',
  detail:
    'Nobody has been alerted yet. If a child may be at risk now, tell the safeguarding team in person. Leave this computer on. The window is closed and you are signed out; the Meadowlark icon brings it back.',
};

export function quitting(waiting: Waiting): { readonly message: string; readonly detail: string } {
  return {
    message: `${entries(waiting)} not been sent yet.`,
    detail:
      'If you quit now, nobody is alerted until Meadowlark is started again on this computer. Nothing is lost.',
  };
}
