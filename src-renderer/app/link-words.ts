/** How the way to the school's server stands, in words; nothing while all is well. */
import type { LinkState } from '../../src-shared/bridge.ts';

export function wordsOfLink(state: LinkState): string | null {
  switch (state) {
    case 'online':
      return null;
    case 'connecting':
      return 'Connecting to the school’s server';
    case 'offline':
      return 'Working offline';
    case 'not-trusted':
      return 'Not connected: the server’s certificate does not match the school file. Tell IT.';
  }
}
