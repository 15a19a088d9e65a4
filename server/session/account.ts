/** The keys under which failed tries of one account are counted (R31). */
import { throttleKey } from '../throttle/rows.ts';

/** One account: every key below begins with it, so a new password clears them all. */
export function accountKey(email: string): string {
  return throttleKey('sign-in', email);
}

/** The account as one computer knows it, from whichever address that comes. */
export function computerKey(email: string, computerId: string): string {
  return throttleKey('sign-in', email, computerId);
}

/** The account as all computers of one network know it that it never signed in on. */
export function strangersKey(email: string, address: string): string {
  return throttleKey('sign-in', email, `${address} strangers`);
}

/** The account as all computers anywhere know it that it never signed in on. */
export function allStrangersKey(email: string): string {
  return throttleKey('sign-in', email, 'strangers');
}
