/** Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) piece by piece. */

/** The longest line that is waited for; ours have under 20 characters. */
const LONGEST_LINE = 1_024;

export interface EventReader {
  /** Takes the next piece of the stream. Answers false once the stream is not one of events. */
  read(piece: string): boolean;
}

/** Calls `told` with the name of each event that is complete; comments and data are passed over. */
export function eventReader(told: (name: string) => void): EventReader {
  let rest = '';
  let name = '';
  let hasField = false;

  function line(text: string): void {
    if (text === '') {
      if (hasField) told(name === '' ? 'message' : name);
      name = '';
      hasField = false;
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return;
    const field = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    if (field === 'event' || field === 'data') hasField = true;
  }

  return {
    read(piece) {
      rest += piece;
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const each of lines) line(each.endsWith('\r') ? each.slice(0, -1) : each);
      return rest.length <= LONGEST_LINE;
    },
  };
}
