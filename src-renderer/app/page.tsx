/** What every page has: the window's title, the heading that gets the focus, the width of its column. */
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { PageTitle } from '../../src-shared/page-titles.ts';
import { classNames } from '../design/class-names.ts';
import { useSession } from '../session/session-store.ts';
import styles from './page.module.css';

export interface PageProps {
  /** For the window's title, after the school's name; never with a student's name in it (R104). */
  readonly title: PageTitle;
  /** The heading; the title where it is not given. */
  readonly heading?: ReactNode;
  /** At the right of the heading: Back. */
  readonly aside?: ReactNode;
  /** `reading` is as wide as a line of text may be; `full` for several columns. */
  readonly width?: 'reading' | 'full';
  readonly children: ReactNode;
}

export function Page(props: PageProps) {
  const { school } = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = windowTitle(school.name, props.title);
  }, [school.name, props.title]);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    // Unless something of the page has it already: that an incident was delivered comes first.
    if (place.current?.contains(document.activeElement) === true) return;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div
      ref={place}
      className={classNames(styles.page, props.width === 'reading' && styles.reading)}
    >
      <div className={styles.head}>
        <h1 ref={heading} tabIndex={-1} className={styles.heading}>
          {props.heading ?? props.title}
        </h1>
        {props.aside}
      </div>
      {props.children}
    </div>
  );
}

/** "Larkfield School - Dashboard", as staff know it from their taskbar. */
export function windowTitle(school: string, page: PageTitle): string {
  return `${school} - ${page}`;
}
