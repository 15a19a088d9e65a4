/** The school that this computer belongs to, with the way to its server and the session there. */
import type { Computer } from '../src-shared/contract/session.ts';
import type { Telling, TellingName } from '../src-shared/bridge.ts';
import type { SchoolFile } from '../src-shared/school-file.ts';
import { LinkWatch } from './link/link-watch.ts';
import { linkTo } from './link/server-link.ts';
import { Session } from './session/session.ts';

export interface School {
  readonly name: string;
  readonly signingKey: string;
  readonly watch: LinkWatch;
  readonly session: Session;
  /** Forgets the session and lets go of the server. */
  close(): void;
}

export interface SchoolParts {
  readonly computer: Computer;
  readonly clock: () => number;
  readonly tell: <N extends TellingName>(name: N, telling: Telling<N>) => void;
}

/** Sets out to the server at once, so that the sign-in page knows whether it can be reached. */
export function enterSchool(file: SchoolFile, { computer, clock, tell }: SchoolParts): School {
  const link = linkTo(file);
  const watch = new LinkWatch(
    () => link.reach(),
    (state) => tell('link', state),
  );
  const session = new Session({
    link,
    watch,
    computer,
    clock,
    tellChanged: () => tell('changed', {}),
    tellEnded: () => tell('sessionEnded', {}),
  });
  void watch.look();
  return {
    name: file.schoolName,
    signingKey: file.signingKey,
    watch,
    session,
    close() {
      session.close();
      watch.close();
      link.close();
    },
  };
}
