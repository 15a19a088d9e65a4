/**
 * Which build this is, fixed when it was compiled and never by the environment: `product` goes to
 * schools; `demo` serves the demo and the tests, and alone takes switches that a school's must not.
 */
declare const __MEADOWLARK_BUILD__: 'product' | 'demo';
declare const __MEADOWLARK_VERSION__: string;

export type Build = 'product' | 'demo';

export const BUILD: Build = __MEADOWLARK_BUILD__;
export const VERSION: string = __MEADOWLARK_VERSION__;
