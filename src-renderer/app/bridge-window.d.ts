import type { Bridge } from '../../src-shared/bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload; absent where the page is opened outside Meadowlark. */
    readonly meadowlark?: Bridge;
  }
}
