/** Held items: from when on they are many, and what an incident of one is. */

/** So many an hour from one computer are told of one by one. */
export const MANY_AN_HOUR = 5;
/** The e-mails of more are gathered for this long. */
export const GATHERING_MS = 15 * 60 * 1000;

/** One name for all that is gathered from one computer at one time. */
export function gatheringOf(computer: string, now: Date): string {
  return `gathered-${computer}-${Math.floor(now.getTime() / GATHERING_MS)}`;
}
