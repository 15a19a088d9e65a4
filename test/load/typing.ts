/** A keystroke in a type-ahead over all students, against a plain scan of the same names. */
import { Bench } from 'tinybench';
import { Student } from '../../src-shared/contract/student.ts';
import { fold } from '../../src-shared/search/fold.ts';
import { indexStudents } from '../../src-shared/search/roster-index.ts';
import { seededRandom } from '../../tools/demo/school/random.ts';
import { makeStudents } from '../../tools/demo/school/students.ts';
import { figure, type Figure } from './figure.ts';

const SHOWN = 30;
const NAMES_TYPED = 40;

/** `time`: how long each of the two is run, in milliseconds. */
export async function measureTyping(count: number, time: number): Promise<Figure> {
  const random = seededRandom(count);
  const students = makeStudents(random, count).map((student) =>
    Student.parse({
      id: random.id(new Date(0)),
      forename: student.forename,
      surname: student.surname,
      knownAs: student.knownAs,
      className: student.className,
      year: student.year,
    }),
  );
  const typed = random
    .some(students, NAMES_TYPED)
    .flatMap(({ surname }) => [1, 2, 3, 5].map((letters) => surname.slice(0, letters)));
  const index = indexStudents(students);
  // The scan gets its names folded and in order beforehand, as the index does, and ranks alike.
  const names = students
    .toSorted((a, b) => (fold(a.surname) < fold(b.surname) ? -1 : 1))
    .map((student) => {
      const { forename, surname, knownAs, className, year } = student;
      return {
        student,
        names: [forename, surname, ...(knownAs === null ? [] : [knownAs])].map(fold),
        marks: [className ?? '', year ?? ''].map(fold),
      };
    });
  let place = 0;
  const next = (): string => typed[place++ % typed.length] ?? '';
  let found = 0;
  const bench = new Bench({ time, warmupTime: time / 5 })
    .add('index', () => {
      found += index.search(next(), SHOWN).people.length;
    })
    .add('scan', () => {
      const word = fold(next());
      found += names
        .map((one) => ({ ...one, rank: rankOf(one, word) }))
        .filter(({ rank }) => rank < NOT_FOUND)
        .sort((a, b) => a.rank - b.rank)
        .slice(0, SHOWN).length;
    });
  await bench.run();
  if (found === 0) throw new Error('nothing was found by anything that was typed');
  const [ofIndex, ofScan] = bench.tasks.map((task) => meanMs(task.result));
  return figure({
    what: `A keystroke over ${count.toLocaleString('en-GB')} students`,
    measured: (ofIndex ?? 0) * 1000,
    against: 'a plain scan that ranks alike',
    reference: (ofScan ?? 0) * 1000,
    unit: 'µs',
  });
}

const NOT_FOUND = 4;

/** As the index ranks: a whole name, its beginning, the beginning of a part of it, inside it. */
function rankOf(
  { names, marks }: { readonly names: readonly string[]; readonly marks: readonly string[] },
  word: string,
): number {
  if (names.includes(word)) return 0;
  if (names.some((name) => name.startsWith(word))) return 1;
  const begins = (text: string): boolean => text.startsWith(word) || text.includes(` ${word}`);
  if (names.some(begins) || marks.some(begins)) return 2;
  return word.length > 1 && names.some((name) => name.includes(word)) ? 3 : NOT_FOUND;
}

function meanMs(result: Bench['tasks'][number]['result']): number {
  if (!('latency' in result)) throw new Error(`the bench did not run: ${result.state}`);
  return result.latency.mean;
}
