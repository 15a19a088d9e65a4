/** A clock that tests set: it stands still until it is moved. */
export interface Clock {
  readonly now: () => Date;
  set(instant: string): void;
  advance(seconds: number): void;
}

export function makeClock(instant = '2026-11-24T08:45:00.000Z'): Clock {
  let at = Date.parse(instant);
  return {
    now: () => new Date(at),
    set: (next) => {
      at = Date.parse(next);
    },
    advance: (seconds) => {
      at += seconds * 1000;
    },
  };
}
