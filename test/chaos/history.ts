/**
 * What was done and what came of it, and whether the end agrees (R75, in the manner of Jepsen's
 * set-full): whatever was acknowledged is there exactly once, whatever may have happened is there
 * at most once, whatever failed or was never asked for is not there.
 */

export interface Moment {
  /**
   * `invoke`: asked for; then one of `ok`: acknowledged, `fail`: certainly not done, `info`: nobody
   * knows. Without any of the three it is as `info`.
   */
  readonly is: 'invoke' | 'ok' | 'fail' | 'info';
  /** What was to be added; each is asked for once, by whatever name it is found again at the end. */
  readonly element: string;
}

export interface Verdict {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  /** There more than once, however it was answered. */
  readonly duplicated: readonly string[];
  /** There, though it failed or nobody asked for it. */
  readonly phantoms: readonly string[];
  /** Neither acknowledged nor refused; allowed to be there once. */
  readonly unknown: readonly string[];
}

/** Judges a history by all that was found at its end. Throws where the history itself is none. */
export function judge(moments: readonly Moment[], found: readonly string[]): Verdict {
  const states = new Map<string, Moment['is']>();
  for (const { is, element } of moments) {
    const before = states.get(element);
    if (is === 'invoke' ? before !== undefined : before !== 'invoke') {
      throw new Error(`no history: ${is} after ${before ?? 'nothing'} of ${element}`);
    }
    states.set(element, is);
  }
  const times = new Map<string, number>();
  for (const element of found) times.set(element, (times.get(element) ?? 0) + 1);
  const asked = [...states];
  return {
    lost: asked.filter(([one, is]) => is === 'ok' && !times.has(one)).map(([one]) => one),
    duplicated: [...times].filter(([, count]) => count > 1).map(([one]) => one),
    phantoms: [...times.keys()].filter((one) => ['fail', undefined].includes(states.get(one))),
    unknown: asked.filter(([, is]) => is === 'invoke' || is === 'info').map(([one]) => one),
  };
}
