import { expect, it } from 'vitest';
import { workspaces } from '../workspaces.js';
import { assignmentsIn, readsIn } from './dictionaries.ts';
import { findInText, productionFiles, programOf, undocumentedIn } from './program.ts';
import { broken, RULE_NAMES } from './rules.ts';
import { spreadsIn } from './spreads.ts';

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

it('reads libraries, services, tools and benchmarks', () => {
  for (const folder of ['libs', 'services', 'tools', 'bench'])
    expect(paths.filter((path) => path.startsWith(`${folder}/`)).length).toBeGreaterThan(15);
  expect(paths.length).toBeGreaterThan(500);
});

it.each(RULE_NAMES)('finds nothing that %s, as `npm run check` does', { timeout: 300_000 }, (name) => {
  expect(broken(name, program, paths)).toEqual([]);
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

it('tells lists from tuples', { timeout: 60_000 }, () => {
  const text = `declare const list: number[]; declare const pair: [number, number]; declare const some: [number?, ...string[]];
    f(...list); f(...pair); new F(...some); f(...([1, 2] as const)); f(...(list.length ? pair : list)); g([...list]);
    declare const F: any; declare function f(...of: unknown[]): void; declare function g(of: unknown): void;`;
  expect(findInText(text, spreadsIn)).toEqual(['...list', '...some', '...(list.length ? pair : list)']);
});

it('finds lists that `apply` and `Reflect` make arguments', { timeout: 60_000 }, () => {
  const text = `declare const list: number[]; declare const pair: [number, number]; declare function f(...of: unknown[]): void;
    class F { constructor(...of: unknown[]) {} apply(graph: string, inputs: string[]) {} } const graph = new F();
    f.apply(undefined, list); f.apply(undefined, pair); f.apply(undefined); Math.max.apply(null, list); f.call(undefined, list);
    Reflect.apply(f, undefined, list); Reflect.apply(f, undefined, pair); Reflect.construct(F, list); Reflect.ownKeys(graph);
    String.fromCharCode.apply(null, list); graph.apply('Div', ['a', 'b']);`;
  expect(findInText(text, spreadsIn)).toEqual([
    'f.apply(undefined, list)',
    'Math.max.apply(null, list)',
    'Reflect.apply(f, undefined, list)',
    'Reflect.construct(F, list)',
    'String.fromCharCode.apply(null, list)',
  ]);
});
