/** The heading of a page before sign-in. Takes the focus: whoever hears it hears that the page is another one. */
import { useEffect, useRef } from 'react';
import styles from './signed-out.module.css';

export function PageHeading(props: { readonly children: string }) {
  const place = useRef<HTMLHeadingElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <h1 ref={place} tabIndex={-1} className={styles.heading}>
      {props.children}
    </h1>
  );
}
