/**
 * Rights: one pure function, asked by every route. Deny by default. The rows that a list returns
 * are filtered in SQL by the same facts, and what a person may not see is answered exactly like
 * what does not exist (R47).
 */

/** Every verb that a route can name. */
export type Verb =
  | 'sign in'
  | 'choose a password'
  | 'keep own account'
  | 'read lists for typing'
  | 'list own alerts'
  | 'acknowledge own alert'
  | 'list own entries'
  | 'add incident'
  | 'add action'
  | 'read incident'
  | 'read action'
  | 'speak for a computer'
  | 'handle held items';

/** Who asks, as far as rights go. `null`: nobody has signed in. */
export type RightsActor = {
  readonly staffId: string;
  readonly isKeyUser: boolean;
  readonly isActive: boolean;
} | null;

/** How an incident stands to the person who asks. */
export interface IncidentFacts {
  readonly alert: 'none' | 'unread' | 'read';
  readonly isAuthor: boolean;
  /** Seconds since it was submitted, by the server's clock. */
  readonly ageSeconds: number;
  readonly isAssigned: boolean;
}

/** What is acted on: an incident, an action in one, or nothing in particular. */
export type RightsObject =
  | { readonly kind: 'incident'; readonly facts: IncidentFacts }
  | {
      readonly kind: 'action';
      readonly facts: IncidentFacts;
      readonly isTagged: boolean;
      readonly isOwn: boolean;
    }
  | { readonly kind: 'own'; readonly ownerId: string }
  | { readonly kind: 'nothing' };

export const OWN_REPORT_SECONDS = 7 * 24 * 60 * 60;

const OPEN_TO_ANYONE: ReadonlySet<Verb> = new Set([
  'sign in',
  'choose a password',
  // Its own key proves it, whoever sits there.
  'speak for a computer',
]);
const OPEN_TO_STAFF: ReadonlySet<Verb> = new Set([
  'keep own account',
  'read lists for typing',
  'list own alerts',
  'list own entries',
  'add incident',
]);

export function can(actor: RightsActor, verb: Verb, object: RightsObject): boolean {
  if (OPEN_TO_ANYONE.has(verb)) return true;
  if (actor === null || !actor.isActive) return false;
  if (OPEN_TO_STAFF.has(verb)) return true;
  if (verb === 'handle held items') return actor.isKeyUser;
  switch (object.kind) {
    case 'own':
      return verb === 'acknowledge own alert' && object.ownerId === actor.staffId;
    case 'incident':
      if (verb === 'read incident') return readingScope(actor, object.facts) !== 'nothing';
      return verb === 'add action' && readingScope(actor, object.facts) === 'whole';
    case 'action':
      if (verb !== 'read action') return false;
      switch (readingScope(actor, object.facts)) {
        case 'whole':
          return true;
        case 'as-written':
          return object.isTagged || object.isOwn;
        case 'nothing':
          return false;
      }
    case 'nothing':
      return false;
  }
}

/**
 * How much of an incident a person may read (guide 9, S13 to S16): everything under an unread
 * alert, and for a key user who was ever alerted to it, is assigned or wrote it; one's own report as
 * it was written for 7 days; otherwise nothing.
 */
export function readingScope(
  actor: Exclude<RightsActor, null>,
  facts: IncidentFacts,
): 'whole' | 'as-written' | 'nothing' {
  if (!actor.isActive) return 'nothing';
  if (facts.alert === 'unread') return 'whole';
  if (actor.isKeyUser && (facts.alert === 'read' || facts.isAssigned || facts.isAuthor)) {
    return 'whole';
  }
  if (facts.isAuthor && facts.ageSeconds < OWN_REPORT_SECONDS) return 'as-written';
  return 'nothing';
}
