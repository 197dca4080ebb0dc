import { expect, it } from 'vitest';
import { workspaces } from '../workspaces.js';
import { assignmentsIn, readsIn, SAFE_ASSIGNMENTS, SAFE_READS } from './dictionaries.ts';
import { findInProgram, findInText, productionFiles, programOf, undocumentedIn } from './program.ts';
import { BOUNDED_SPREADS, spreadsIn } from './spreads.ts';

/** Packages whose public functions document their parameters and results: shapes, units, refusals, sources of formulas. */
const DOCUMENTED = /^libs\/core\/|^libs\/contexts\/attribution$|^libs\/adapters\/clickhouse$/;

const entries = workspaces()
  .filter(({ folder }) => DOCUMENTED.test(folder))
  .map(({ folder }) => `${folder}/src/index.ts`);
const paths = productionFiles();
/** Checking the types of all packages takes seconds, so the rules share one program. */
const program = programOf(paths);

it.each(entries)('has a docstring on every public function of %s', { timeout: 300_000 }, (entry) => {
  expect(undocumentedIn(program, entry)).toEqual([]);
});

it('finds no assignment to a plain object by a text that a user chooses', { timeout: 300_000 }, () => {
  const found = findInProgram(program, paths, assignmentsIn);
  expect(found.filter((assignment) => !SAFE_ASSIGNMENTS.has(assignment))).toEqual([]);
  expect([...SAFE_ASSIGNMENTS.keys()].filter((assignment) => !found.includes(assignment))).toEqual([]);
});

it('finds no read of a plain object by a text that a user chooses', { timeout: 300_000 }, () => {
  const found = findInProgram(program, paths, readsIn);
  expect(found.filter((read) => !SAFE_READS.has(read))).toEqual([]);
  expect([...SAFE_READS.keys()].filter((read) => !found.includes(read))).toEqual([]);
});

it('tells what an object may inherit from its own members', { timeout: 60_000 }, () => {
  const text = `declare const counts: Record<string, number>; declare const word: string; declare const known: 'a' | 'b';
    declare const maybe: Record<string, number> | undefined; declare const list: number[]; declare const fixed: { a: 1 };
    function f<Key extends string>(key: Key) { return counts[key]; }
    counts[word]; maybe?.[word]; counts[\`x\${word}\`]; word in fixed; const { [word]: one = 1, ...others } = counts;
    for (const name in counts) { counts[name]; counts[word]; } for (const name in fixed) counts[name];
    counts[known]; counts.word; counts['a']; list[0]; 'a' in fixed; const { a } = fixed; counts[word] = 1;`;
  const expected = [
    'counts[key]',
    'counts[word]',
    'maybe?.[word]',
    'counts[`x${word}`]',
    'counts[word]',
    'counts[name]',
  ];
  expect(findInText(text, readsIn)).toEqual([...expected, 'word in fixed', '[word]: one = 1']);
});

it('tells texts of any content from known names and from maps', { timeout: 60_000 }, () => {
  const text = `declare const counts: Record<string, number>; declare const word: string; declare const known: 'a' | 'b';
    declare const list: number[]; declare const map: Map<string, number>; declare const maybe: Record<string, number> | undefined;
    counts[word] = 1; counts[word] += 1; ++counts[word]; counts[word]++; counts[known] = 1; list[0] = 1; map.set(word, 1);
    maybe![word] = 2; const read = counts[word]; counts['a'] = 1;`;
  expect(findInText(text, assignmentsIn)).toEqual([...Array(4).fill('counts[word]'), 'maybe![word]']);
});

it('finds no list of any length that is spread into the arguments of a call', { timeout: 300_000 }, () => {
  expect(paths.length).toBeGreaterThan(500);
  const found = findInProgram(program, paths, spreadsIn);
  expect(found.filter((spread) => !BOUNDED_SPREADS.has(spread))).toEqual([]);
  expect([...BOUNDED_SPREADS.keys()].filter((spread) => !found.includes(spread))).toEqual([]);
});

it('tells lists from tuples', { timeout: 60_000 }, () => {
  const text = `declare const list: number[]; declare const pair: [number, number]; declare const some: [number?, ...string[]];
    f(...list); f(...pair); new F(...some); f(...([1, 2] as const)); f(...(list.length ? pair : list)); g([...list]);
    declare const F: any; declare function f(...of: unknown[]): void; declare function g(of: unknown): void;`;
  expect(findInText(text, spreadsIn)).toEqual(['...list', '...some', '...(list.length ? pair : list)']);
});
