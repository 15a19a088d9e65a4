/** The one address that pages come from. Compared as text: Node writes the origin of `app:` as "null". */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = 'app://meadowlark';

/** Why a page was loaded anew, where the person should be told; the page reads it from its address. */
export type Arrival = 'first' | 'after-fault';

/** The address of the page. After a fault it carries `?after=fault`, and the page says so. */
export function pageAddress(arrival: Arrival): string {
  return arrival === 'first'
    ? `${PAGE_ORIGIN}/index.html`
    : `${PAGE_ORIGIN}/index.html?after=fault`;
}
