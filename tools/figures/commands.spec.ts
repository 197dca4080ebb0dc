import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../release/parts.js';
import { typescriptFiles } from '../sources.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The commands of a page, as a reader copies them. */
const commandsOf = (path: string): string[] => [
  ...new Set(
    [...read(path).matchAll(/`((?:npm run|npx|node|npm) [^`]+)`/g)].map(([, command = '']) => command),
  ),
];
const specs = typescriptFiles()
  .map(({ path }) => path)
  .filter((path) => path.endsWith('.spec.ts'));
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

/** The options that a benchmark declares. */
const optionsOf = (bench: string): string[] =>
  [...read(`bench/${bench}/main.ts`).matchAll(/(\w+): \{ standard: /g)].map(([, name = '']) => name);

const isTestPath = (word: string): boolean =>
  word.startsWith('-') || specs.some((spec) => spec.includes(word));

/** The reason why a command does not run as it is written; undefined if it does. */
function problemOf(command: string): string | undefined {
  const [program = '', ...words] = command.split(' ');
  if (program === 'node')
    return existsSync(join(root, words[0] ?? '')) ? undefined : 'the file does not exist';
  if (program === 'npx' && words[0] === 'vitest')
    return words.slice(2).every(isTestPath) ? undefined : 'no test matches the path';
  return program === 'npm' && words[0] === 'run' ? scriptProblem(words.slice(1)) : undefined;
}

function scriptProblem([script = '', , name = '', ...rest]: readonly string[]): string | undefined {
  if (!(script in scripts)) return 'package.json has no such script';
  if (script === 'test:release') return releaseProblem(name);
  return script === 'bench' ? benchProblem(name, rest) : undefined;
}

const releaseProblem = (name: string): string | undefined =>
  name === '' || name === 'PART' || name === '--changed' || PARTS.some((part) => part.name === name)
    ? undefined
    : 'the release suite has no such part';

function benchProblem(name: string, rest: readonly string[]): string | undefined {
  if (name === '' || name === 'NAME') return undefined;
  if (!existsSync(join(root, 'bench', name, 'main.ts'))) return 'the benchmark does not exist';
  const unknown = rest.filter((word) => word.startsWith('--') && !optionsOf(name).includes(word.slice(2)));
  return unknown.length === 0 ? undefined : `the benchmark has no option ${unknown.join(' ')}`;
}

describe.each([
  'docs/measurements.md',
  'docs/guarantees.md',
  'bench/README.md',
  'CONTRIBUTING.md',
  'README.md',
])('%s', (page) => {
  it('shows commands that run as they are written', () => {
    const broken = commandsOf(page).flatMap((command) => {
      const problem = problemOf(command);
      return problem === undefined ? [] : [`${command}: ${problem}`];
    });
    expect(broken).toEqual([]);
  });
});
