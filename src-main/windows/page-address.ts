/** The one address that pages come from. Compared as text: Node writes the origin of `app:` as "null". */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = 'app://meadowlark';

/** Why a page was loaded, where it should know; it reads it from its address. */
export type Arrival = 'first' | 'after-fault' | 'locked' | 'left-everywhere' | 'keys-waited';

const QUERIES: Readonly<Record<Arrival, string>> = {
  first: '',
  // The page says that something went wrong.
  'after-fault': '?after=fault',
  // The page asks for the password of whoever `readLocked` names.
  locked: '?locked',
  // The page says that every session of the person has ended.
  'left-everywhere': '?left=everywhere',
  // The page says that the time to open the drafts has passed.
  'keys-waited': '?left=keys-waited',
};

/** The address of the page. */
export function pageAddress(arrival: Arrival): string {
  return `${PAGE_ORIGIN}/index.html${QUERIES[arrival]}`;
}
