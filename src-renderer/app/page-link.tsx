/** A link to another page of the program. */
import type { ReactNode } from 'react';
import { go } from './go.ts';

export interface PageLinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly isCurrent?: boolean;
  readonly label?: string;
}

export function PageLink(props: PageLinkProps) {
  return (
    <a
      href={props.to}
      className={props.className}
      aria-current={props.isCurrent === true ? 'page' : undefined}
      aria-label={props.label}
      draggable={false}
      onClick={(event) => {
        // With Ctrl or Shift too: there is one window, and a new one would be refused by main.
        event.preventDefault();
        go(props.to);
      }}
      onAuxClick={(event) => event.preventDefault()}
    >
      {props.children}
    </a>
  );
}
