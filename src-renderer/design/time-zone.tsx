/** The time zone that every date on the screen is in, and how long ago something was. */
import type { ReactNode } from 'react';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { aboutHowLongAgo, dateTimeText, howLongAgo } from './moment.ts';

const TimeZone = createContext('UTC');

export function TimeZoneProvider(props: {
  readonly timeZone: string;
  readonly children: ReactNode;
}) {
  return <TimeZone value={props.timeZone}>{props.children}</TimeZone>;
}

/** The school's IANA time zone. */
export function useTimeZone(): string {
  return useContext(TimeZone);
}

const TICK_MS = 20_000;

/** Now, in milliseconds since 1970, to the last 20 seconds: for words that grow old by themselves. */
export function useNow(): number {
  return useSyncExternalStore(everyTick, () => Math.floor(Date.now() / TICK_MS) * TICK_MS);
}

function everyTick(callback: () => void): () => void {
  const timer = setInterval(callback, TICK_MS / 4);
  return () => clearInterval(timer);
}

/** "2 hours ago", with the exact moment for whoever points at it or asks their screen reader. */
export function Ago(props: { readonly instant: string; readonly isRough?: boolean }) {
  const timeZone = useTimeZone();
  const now = useNow();
  // The tick may lie before something that has just come.
  const words = (props.isRough === true ? aboutHowLongAgo : howLongAgo)(
    props.instant,
    now + TICK_MS / 2,
  );
  return (
    <time dateTime={props.instant} title={dateTimeText(props.instant, timeZone)}>
      {words}
    </time>
  );
}

/** "24 November 2026 08:45". */
export function Moment(props: { readonly instant: string }) {
  const timeZone = useTimeZone();
  return <time dateTime={props.instant}>{dateTimeText(props.instant, timeZone)}</time>;
}
