import fc from 'fast-check';
import { ablation } from './ablation.fixture.ts';
import { fact } from './graphql-server.fixture.ts';
import type { SentEvent } from './graphql-server.fixture.ts';

const RUN = 'plain-full-s1';

/** No word is one that an answer has for something else, as the version of an estimator. */
const distinct = (event: SentEvent): SentEvent =>
  JSON.parse(JSON.stringify(event).replace('"version":"1"', '"version":"0.4.9"'));

const RANDOMISED = { assignment: 'randomised', randomisation: { method: 'shuffled', seed: '7' } };

/** Facts of one experiment with something of everything that has a name. */
export const plainFacts = (): SentEvent[] => [
  ...ablation('plain', RANDOMISED).map(distinct),
  fact('training.exposure.recorded', {
    runId: 'reader',
    attempt: 1,
    firstStep: 1,
    lastStep: 2,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'code', shardId: 'part', amount: 10 }],
  }),
  fact('corpus.shard.registered', { shardId: 'part', uri: 'file:part', slice: 'code', split: 'train' }),
  fact('corpus.snapshot.registered', {
    snapshotId: 'corpus@1',
    name: 'corpus',
    sources: [{ kind: 'shard', ref: 'part', name: 'first', multiplicity: 1 }],
    config: { dedup: 'exact' },
  }),
  fact('corpus.attribute.measured', {
    attribute: 'quality',
    subjectKind: 'shard',
    instrument: { name: 'classifier', version: 'v3' },
    unit: 'points',
    method: 'sampled',
    values: [{ ref: 'part', bucket: 'host', value: 2.25 }],
  }),
  fact('corpus.contamination.found', {
    benchmark: 'held-out',
    benchmarkVersion: 'v3',
    itemsDigest: 'a'.repeat(64),
    shardId: 'part',
    search: { kind: 'ngram', n: 13, of: 'words' },
    instrument: { name: 'classifier', version: 'v3' },
    method: 'measured',
    scope: 'whole',
    itemsCompared: 10,
    itemsMatched: 1,
    matchedItems: [{ itemId: 'i1', share: 1 }],
    documentsMatched: 1,
    matchedDocuments: ['doc'],
  }),
  fact('training.order.recorded', {
    runId: RUN,
    attempt: 1,
    firstStep: 2,
    lastStep: 2,
    method: 'measured',
    order: {
      ranges: {
        of: 'document',
        steps: [
          [
            {
              shardId: 'part',
              from: 3,
              count: 4,
            },
          ],
        ],
      },
    },
  }),
  fact('training.steps.recorded', {
    runId: RUN,
    attempt: 1,
    steps: [1, 2],
    columns: { loss: [3, 2], entropy: [7, 8] },
  }),
  fact('training.metrics.recorded', {
    runId: RUN,
    keys: ['accuracy', 'f1'],
    steps: [1, 1],
    times: [null, null],
    values: [0.5, null],
    nonfinite: [{ index: 1, value: '-inf' }],
  }),
  fact('training.run.annotated', { runId: RUN, tags: { team: 'red' }, params: { rate: 'low' } }),
  fact('training.checkpoint.saved', { runId: RUN, attempt: 1, checkpointId: 'ck', step: 2 }),
  fact('mixture.plan.decided', {
    mixtureId: 'plan',
    unit: 'unnormalised',
    phases: [{ name: 'warm', fromStep: 0, weights: [{ slice: 'code', weight: 1 }] }],
    displacement: 'proportional',
    predictedEffects: [{ capability: 'reasoning', effect: 1, unit: 'bits', slice: 'code' }],
    rationale: 'because',
    decidedBy: 'ada',
  }),
  fact('routing.load.observed', {
    checkpointId: 'ck',
    probeSet: 'probes',
    domain: 'novels',
    layer: 3,
    topK: 2,
    choice: 'all',
    counts: [1, 2],
    method: 'measured',
  }),
  fact('influence.scores.recorded', {
    checkpointId: 'ck',
    estimator: { name: 'grad', version: 'v1' },
    target: { capability: 'reasoning', benchmark: 'held-out', item: 'i1' },
    level: 'instance',
    refs: ['doc'],
    scores: [1],
  }),
];

/** Members whose values are of a closed set, or have a form of their own. */
const CLOSED =
  /^(assignment|choice|design|encoding|itemsDigest|kind|level|method|nonfinite|of|origin|randomisation|revision|role|scope|split|status|subjectKind|uri)$/;
/** Members that hold a dictionary by names that a user chooses; `loss` is a column of every trainer, and configurations are read by the names of trainers. */
const DICTIONARIES = /^(columns|params|tags)$/;
/** Members that hold slices, or a rule with one. */
const SLICES = /^(displacement|notSeparated|receiver|slice|slices)$/;
const UNITS = ['token', 'unnormalised'];

/** The configuration of a fact, in which `null` and an empty text say that there is no value; an answer has a list of its members. */
const isConfiguration = (value: unknown, name: string): boolean =>
  name === 'config' && typeof value === 'object' && value !== null && !('nodes' in value);

/** Texts that a user chose, other than slices, in the facts. */
function wordsOf(facts: readonly SentEvent[]): string[] {
  const words = new Set<string>();
  const visit = (value: unknown, name: string): void => {
    if (CLOSED.test(name) || SLICES.test(name) || isConfiguration(value, name)) return;
    if (typeof value === 'string' && !UNITS.includes(value)) words.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (DICTIONARIES.test(name) && key !== 'loss') words.add(key);
      visit(member, Array.isArray(value) ? name : key);
    }
  };
  for (const { data } of facts) visit(data, '');
  return [...words].toSorted();
}

/** Other words for those that a user chose, in the same order, so that every list keeps its order. */
export type Renaming = {
  readonly words: ReadonlyMap<string, string>;
  readonly segments: ReadonlyMap<string, string>;
};

/** Members of objects, lists, functions and promises, and texts that look like no name. */
const HOSTILE = [
  Object.getOwnPropertyNames(Object.prototype),
  ['length', 'name', 'prototype', 'then', 'toJSON', 'caller', 'arguments', 'default', 'map', 'get', 'key'],
  ['null', 'undefined', 'NaN', 'Infinity', '-Infinity', 'true', '0', '-1', '1e999', '007', '[object Object]'],
  [' ', '\t', '\n', '\u200b', '\u00a0', '.', '..', '/', '\\', '"', "'", '`', '%', '_', '{x:String}'],
  [':', '@', '#', '?&=', '--json', '$where', '<b>', '\u001b[31m', 'é', 'e\u0301', '𝕊', '日本', '🙂'],
  ['x'.repeat(256), `${'x'.repeat(255)}y`, 'constructor.prototype', '__proto__.x', 'toString,none'],
  [
    'a.b',
    '[0]',
    '()',
    '||',
    '&&',
    ';',
    '=',
    '+',
    '*',
    '^',
    '~',
    '!',
    '0x10',
    '1_000',
    'ß',
    'ﬁ',
    'select',
    'NULL',
    '1=1',
  ],
].flat();

/** The same for the parts of a slice, which are lower case. */
const HOSTILE_SEGMENTS = [
  'constructor',
  'valueof',
  '0',
  '1.5',
  'nan',
  'null',
  'true',
  'x'.repeat(60),
  'y_-.z',
];
const SEGMENTS = ['code', 'math', 'plain', 'text'];

const inOrder = (texts: readonly string[]): string[] => texts.toSorted();

/** Renamings of all words in the facts by distinct hostile ones. */
export function renamingOf(facts: readonly SentEvent[]): fc.Arbitrary<Renaming> {
  const words = wordsOf(facts);
  const mapping = (from: readonly string[], to: readonly string[]) =>
    fc
      .shuffledSubarray([...to], { minLength: from.length, maxLength: from.length })
      .map((chosen) => new Map(inOrder(from).map((word, index) => [word, inOrder(chosen)[index] ?? ''])));
  return fc.record({ words: mapping(words, HOSTILE), segments: mapping(SEGMENTS, HOSTILE_SEGMENTS) });
}

const renamedSlice = (slice: string, { segments }: Renaming): string =>
  slice.replaceAll(/[^/:]+/g, (segment) => segments.get(segment) ?? segment);

/** A value in which everything that a user named has another name. */
export function renamed<Value>(value: Value, renaming: Renaming, name?: string): Value;
export function renamed(value: unknown, renaming: Renaming, name = ''): unknown {
  if (CLOSED.test(name) || isConfiguration(value, name)) return value;
  if (typeof value === 'string' && name === 'harness')
    return value.replaceAll(/[^ ]+/g, (word) => renamedText(word, renaming));
  if (typeof value === 'string')
    return SLICES.test(name) ? renamedSlice(value, renaming) : renamedText(value, renaming);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed<unknown>(item, renaming, name));
  const isSlice = 'kind' in value && value.kind === 'slice';
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      DICTIONARIES.test(name) ? (renaming.words.get(key) ?? key) : key,
      renamed<unknown>(member, renaming, isSlice && key === 'name' ? 'slice' : key),
    ]),
  );
}

/** A word, or one behind the kind of a node or the name of a dictionary. */
function renamedText(text: string, renaming: Renaming): string {
  const { words } = renaming;
  if (text.startsWith('slice:')) return `slice:${renamedSlice(text.slice('slice:'.length), renaming)}`;
  const [, before = '', word = text] = words.has(text) ? [] : (/^([a-z]+[:.])(.*)$/s.exec(text) ?? []);
  return `${before}${words.get(word) ?? word}`;
}
