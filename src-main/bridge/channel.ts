/** The one channel from main to the page; the asks' channels have the asks' names. */
export const TELLING_CHANNEL = 'telling';
