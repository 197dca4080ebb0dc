import { parseArgs } from 'node:util';

/** A whole-number option of a benchmark, such as `--rows 524288`. `standard` is the default. */
export type NumberOption = { readonly standard: number; readonly least: number; readonly most: number };

/**
 * The values of a benchmark's options, in the order of `options`. Exits with code 2 and one message that lists all
 * problems if an option is unknown, is not a whole number, or is out of bounds. Positional numbers are refused, because a
 * benchmark that reads rows as rounds never ends.
 */
export function numbersOf(
  options: Readonly<Record<string, NumberOption>>,
  args: readonly string[] = process.argv.slice(2).filter((argument) => argument !== '--'),
): number[] {
  const names = Object.entries(options);
  const problems: string[] = [];
  const given = parsed(Object.keys(options), args, problems);
  const values = names.map(([name, { standard, least, most }]) => {
    const text = given.get(name) ?? String(standard);
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most))
      problems.push(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`);
    return value;
  });
  if (problems.length === 0) return values;
  const usage = names.map(([name, { standard }]) => `--${name} ${standard}`).join(' ');
  console.error([...problems, `options: ${usage}`].join('\n'));
  process.exit(2);
}

function parsed(names: readonly string[], args: readonly string[], problems: string[]): Map<string, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    });
    return new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return new Map();
  }
}
