/** How many bodies are on their way at one time, counted before the first byte of one is read. */

/** Of one computer of the school, and of all others of one network. */
const MOST_OF_A_COMPUTER = 32;
const MOST_OF_A_NETWORK = 16;
/** Of all that are no computer of the school's, wherever they are. */
const MOST_OF_STRANGERS = 64;

export interface InFlight {
  /** Answers with what to call once it is over; null where there are too many. */
  begin(from: {
    readonly computerId: string | null;
    readonly network: string;
  }): (() => void) | null;
}

export function makeInFlight(): InFlight {
  const counts = new Map<string, number>();
  const add = (key: string, change: 1 | -1): void => {
    const count = (counts.get(key) ?? 0) + change;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  return {
    begin: ({ computerId, network }) => {
      const limits: readonly (readonly [string, number])[] =
        computerId === null
          ? [
              [`network ${network}`, MOST_OF_A_NETWORK],
              ['strangers', MOST_OF_STRANGERS],
            ]
          : [[`computer ${computerId}`, MOST_OF_A_COMPUTER]];
      if (limits.some(([key, most]) => (counts.get(key) ?? 0) >= most)) return null;
      for (const [key] of limits) add(key, 1);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        for (const [key] of limits) add(key, -1);
      };
    },
  };
}
