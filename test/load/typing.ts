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
  // The scan gets its names folded beforehand, as the index does.
  const texts = students.map((student) => ({
    student,
    text: fold(`${student.forename} ${student.surname} ${student.knownAs ?? ''}`),
  }));
  let place = 0;
  const next = (): string => typed[place++ % typed.length] ?? '';
  let found = 0;
  const bench = new Bench({ time, warmupTime: time / 5 })
    .add('index', () => {
      found += index.search(next(), SHOWN).people.length;
    })
    .add('scan', () => {
      const words = fold(next());
      found += texts.filter(({ text }) => text.includes(words)).slice(0, SHOWN).length;
    });
  await bench.run();
  if (found === 0) throw new Error('nothing was found by anything that was typed');
  const [ofIndex, ofScan] = bench.tasks.map((task) => meanMs(task.result));
  return figure({
    what: `A keystroke over ${count.toLocaleString('en-GB')} students`,
    measured: (ofIndex ?? 0) * 1000,
    against: 'a plain scan',
    reference: (ofScan ?? 0) * 1000,
    unit: 'µs',
  });
}

function meanMs(result: Bench['tasks'][number]['result']): number {
  if (!('latency' in result)) throw new Error(`the bench did not run: ${result.state}`);
  return result.latency.mean;
}
