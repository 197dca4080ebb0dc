import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { numbersOf } from './arguments.ts';

const OPTIONS = {
  rows: { standard: 100, least: 1, most: 1_000 },
  rounds: { standard: 3, least: 1, most: 20 },
};

it('takes named options and the defaults of the others', () => {
  expect(numbersOf(OPTIONS, ['--rounds', '5'])).toEqual([100, 5]);
});

it.each([
  [
    'a number without an option name, so that rows are never read as rounds',
    ['100', '3'],
    "Unexpected argument '100'",
  ],
  [
    'a number outside the bounds',
    ['--rounds', '100'],
    '--rounds takes a whole number from 1 to 20, not "100"',
  ],
  ['a value that is no number', ['--rows', 'many'], '--rows takes a whole number from 1 to 1000, not "many"'],
])('exits with 2 on %s', (_, args, message) => {
  const script = `import { numbersOf } from ${JSON.stringify(join(import.meta.dirname, 'arguments.ts'))};
    numbersOf(${JSON.stringify(OPTIONS)}, ${JSON.stringify(args)});`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('options: --rows 100 --rounds 3');
});
