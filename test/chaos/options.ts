/** The numbers on the command line of a fault run: `--submissions 200 --clients 5 --seed 1`. */
import { parseArgs } from 'node:util';

/** Each option with its default; throws a sentence for anything that is not a whole number above 0. */
export function numbersFrom<const T extends Readonly<Record<string, number>>>(
  defaults: T,
  args: readonly string[] = process.argv.slice(2),
): { [N in keyof T]: number } {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const numbers = Object.entries(defaults).map(([name, usual]) => {
    const given = values[name];
    const number = given === undefined ? usual : Number(given);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number.`);
    return [name, number] as const;
  });
  return Object.fromEntries(numbers) as { [N in keyof T]: number };
}
