import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const listed = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** How callers know that a list was cut off: the number that they take, by the name that they compare with. */
type Handled = {
  /** What the query is exported as. */
  readonly query: string;
  /** Each caller that reads the query, and the constant that its rows are compared with there. */
  readonly callers: Readonly<Record<string, string>>;
};

const CORPUS = 'libs/contexts/corpus/src/aliases';
const GRAPHQL = 'libs/server/graphql/src';

/** Queries that read one row more than a caller takes. A query that is not listed here ends with a round number. */
const HANDLED: Readonly<Record<string, Handled>> = {
  'alias-pairs': { query: 'aliasPairs', callers: { [`${CORPUS}/find-addresses.ts`]: 'MOST_PAIRS' } },
  'decided-phases': {
    query: 'decidedPhases',
    callers: {
      [`${GRAPHQL}/drift/planned-exposure.ts`]: 'MAX_PHASES',
      [`${GRAPHQL}/drift/planned-ranges.ts`]: 'MAX_PHASES',
    },
  },
  'effects-in-answers': {
    query: 'effectsInAnswers',
    callers: { [`${GRAPHQL}/ledger/predicted-against-found.ts`]: 'MAX_EFFECTS' },
  },
  'listed-parts': {
    query: 'listedParts',
    callers: { [`${GRAPHQL}/drift/planned-exposure.ts`]: 'MAX_PARTS' },
  },
  neighbours: {
    query: 'neighbours',
    callers: { 'libs/contexts/lineage/src/read-edges.ts': 'MAX_ROWS' },
  },
  'registered-parts': {
    query: 'registeredParts',
    callers: { [`${GRAPHQL}/drift/planned-exposure.ts`]: 'MAX_PARTS' },
  },
  'retracted-snapshots': {
    query: 'retractedSnapshots',
    callers: { [`${GRAPHQL}/ledger/retracted-starts.ts`]: 'MAX_SNAPSHOTS' },
  },
  'retractions-since': {
    query: 'retractionsSince',
    callers: {
      [`${GRAPHQL}/ledger/read-retractions.ts`]: 'MAX_RETRACTED',
    },
  },
  'shards-with-keys': {
    query: 'shardsWithKeys',
    callers: {
      [`${CORPUS}/find-addresses.ts`]: 'MOST_KEYED',
      [`${CORPUS}/similar-shards.ts`]: 'COMPARED_IN_ALL',
    },
  },
  'shards-with-aliases': {
    query: 'shardsWithAliases',
    callers: { [`${GRAPHQL}/drift/same-in-plan.ts`]: 'MAX_ALIASED' },
  },
  'unrecorded-sources': {
    query: 'unrecordedSources',
    callers: { [`${GRAPHQL}/retraction-impact.ts`]: 'MAX_UNRECORDED' },
  },
};

const limits = new Map(
  listed('libs/*/queries/*.sql').map((path) => [
    basename(path, '.sql'),
    Number(/\nLIMIT (\d+)\s*$/.exec(textOf(path))?.[1] ?? 0),
  ]),
);
const sources = listed('libs/*.ts', 'services/*.ts').filter(
  (path) => !/\.(spec|fixture|suite)\.ts$|\/generated\//.test(path),
);

/** Queries with a limit of one row more than a round number, which the reader does not refuse. */
const odd: readonly string[] = [...limits].flatMap(([name, limit]) =>
  limit > 1_000 && limit % 10 === 1 ? [name] : [],
);

it('finds the limits of queries', () => {
  expect(limits.size).toBeGreaterThan(90);
  expect(limits.get('decided-phases')).toBe(100_001);
});

it('knows who handles what is cut off by each query that the reader does not refuse', () => {
  expect(odd.toSorted()).toEqual(Object.keys(HANDLED).toSorted());
});

it.each(Object.entries(HANDLED))(
  'each caller of %s compares its rows with what it takes',
  (name, handled) => {
    const reads = new RegExp(String.raw`\.all\(\s*${handled.query}\b`);
    expect(sources.filter((path) => reads.test(textOf(path))).toSorted()).toEqual(
      Object.keys(handled.callers).toSorted(),
    );
    for (const [caller, constant] of Object.entries(handled.callers)) {
      const text = textOf(caller);
      const compared = new RegExp(String.raw`>=? ${constant}\b|,\s*${constant},?\s*\)`);
      expect({ caller, isCompared: compared.test(text) }).toEqual({ caller, isCompared: true });
      const declared = new RegExp(String.raw`^const ${constant} = ([\d_]+);`, 'm').exec(text)?.[1];
      const taken = declared ?? exported(constant);
      expect(Number(taken?.replaceAll('_', ''))).toBe((limits.get(name) ?? 0) - 1);
    }
  },
);

/** The number that a module exports under a name. */
function exported(constant: string): string | undefined {
  const declared = new RegExp(String.raw`^export const ${constant} = ([\d_]+);`, 'm');
  return sources.flatMap((path) => declared.exec(textOf(path))?.[1] ?? [])[0];
}
