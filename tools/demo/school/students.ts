/** The students of the demo school: names of many traditions, siblings, and namesakes on purpose. */
import { KNOWN_AS, MONONYMS, TRADITIONS } from './names.ts';
import type { Random } from './random.ts';

export interface DemoStudent {
  readonly upn: string;
  readonly registerId: string;
  readonly forename: string;
  readonly surname: string;
  readonly knownAs: string | null;
  readonly className: string;
  readonly year: string;
}

interface Place {
  readonly className: string;
  readonly year: string;
}

/** One in six students has an older brother or sister here. */
const SIBLING_SHARE = 1 / 6;
const NAMESAKES = 14;

/**
 * `count` students from Reception to Year 13, spread over the classes of an all-through school.
 * At least `NAMESAKES` pairs have the same forename and surname in different classes, so that the
 * class has to tell them apart.
 */
export function makeStudents(random: Random, count: number): DemoStudent[] {
  const places = classPlaces(count);
  const students: DemoStudent[] = [];
  for (const [index, place] of places.entries()) {
    const name = nameOf(random, students);
    students.push({
      upn: upn(index),
      registerId: String(10_001 + index),
      ...name,
      className: place.className,
      year: place.year,
    });
  }
  return plantNamesakes(random, students);
}

function nameOf(
  random: Random,
  earlier: readonly DemoStudent[],
): Pick<DemoStudent, 'forename' | 'surname' | 'knownAs'> {
  if (random.chance(1 / 150)) {
    const name = random.pick(MONONYMS);
    return { forename: name, surname: name, knownAs: null };
  }
  const from = random.weighted(TRADITIONS);
  const forename = random.pick(from.forenames);
  const sibling = earlier.length > 50 && random.chance(SIBLING_SHARE) ? random.pick(earlier) : null;
  const fits = sibling !== null && sibling.forename !== sibling.surname;
  const shortName = KNOWN_AS[forename];
  return {
    forename,
    surname: fits ? sibling.surname : surnameOf(random, from),
    knownAs: shortName !== undefined && random.chance(0.6) ? shortName : null,
  };
}

function surnameOf(random: Random, from: (typeof TRADITIONS)[number]): string {
  const [first = '', second = ''] = random.some(from.surnames, 2);
  switch (from.form) {
    case 'usual':
      return first;
    case 'hyphenated':
      return `${first}-${second}`;
    case 'two surnames':
      return random.chance(0.7) ? `${first} ${second}` : first;
  }
}

/** Reception to Year 6: A to C; Year 7 to 11: A to D; Year 12 and 13: four tutor groups. */
function classPlaces(count: number): Place[] {
  const classes: (Place & { readonly size: number })[] = [];
  const years = ['R', ...Array.from({ length: 13 }, (_, index) => String(index + 1))];
  for (const [index, year] of years.entries()) {
    const size = index <= 6 ? 28 : index <= 11 ? 23 : 19;
    for (const letter of index <= 6 ? 'ABC' : 'ABCD') {
      classes.push({ className: `${year}${letter}`, year, size });
    }
  }
  const whole = classes.reduce((sum, { size }) => sum + size, 0);
  const places: Place[] = [];
  let owed = 0;
  for (const { className, year, size } of classes) {
    owed += (size * count) / whole;
    while (places.length < Math.round(owed)) places.push({ className, year });
  }
  return places;
}

function plantNamesakes(random: Random, students: readonly DemoStudent[]): DemoStudent[] {
  const result = [...students];
  for (let pair = 0; pair < NAMESAKES && result.length > 100; pair++) {
    const one = random.whole(0, result.length - 1);
    const other = (one + random.whole(60, result.length - 60)) % result.length;
    const model = result[one];
    const copy = result[other];
    if (model === undefined || copy === undefined || model.className === copy.className) continue;
    result[other] = { ...copy, forename: model.forename, surname: model.surname, knownAs: null };
  }
  return result;
}

/**
 * A unique pupil number: check letter, then 12 digits, by the Department for Education's rule.
 * Local authority 999 does not exist, so that none of them can be a real child's.
 */
export function upn(index: number): string {
  const digits = `9994001${String(20 + Math.floor(index / 1000)).padStart(2, '0')}${String(index % 1000).padStart(3, '0')}`;
  const sum = Array.from(digits, Number).reduce(
    (total, digit, place) => total + digit * (place + 2),
    0,
  );
  return `${'ABCDEFGHJKLMNPQRTUVWXYZ'[sum % 23] ?? ''}${digits}`;
}
