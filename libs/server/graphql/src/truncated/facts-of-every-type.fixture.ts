import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFact, isFactType } from '@tributary/contracts';
import type { FactType } from '@tributary/contracts';
import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

const examples = join(import.meta.dirname, '../../../../../schemas/examples');

export type Random = () => number;

/** Park and Miller's generator. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

export const pick = <Item>(items: readonly Item[], random: Random): Item =>
  items[Math.floor(random() * items.length)] as Item;

/** Names that facts and questions share. Few, so that facts speak of the same things. */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  runId: ['r1', 'r2', 'r3'],
  checkpointId: ['r1@2', 'r2@2', 'r1@30'],
  parentCheckpointId: ['r1@2', 'r2@2'],
  experimentId: ['e1', 'e2'],
  arm: ['full', 'wo_code'],
  control: ['full'],
  mixtureId: ['m1', 'm2', 'm3'],
  parentMixtureId: ['m1', 'm2'],
  supersededBy: ['m2', 'm3'],
  snapshotId: ['n1', 'n2'],
  shardId: ['s1', 's2', 's3'],
  address: ['s1', 's2'],
  other: ['s2', 's3'],
  ref: ['s1', 's2', 'n1'],
  slice: ['code', 'math/plain', 'math/structured'],
  capability: ['code', 'math'],
  benchmark: ['held-out', 'sums'],
  metric: ['bits', 'accuracy'],
  attribute: ['quality', 'domain'],
  pipelineId: ['p1'],
  stepId: ['minhash', 'tokenize'],
  questionId: ['q1', 'q2'],
  familyId: ['f1', 'f2'],
  projectId: ['j1', 'j2'],
  licence: ['CC0-1.0', 'ODC-BY-1.0'],
};

type Example = {
  readonly type: FactType;
  readonly major: number;
  readonly data: object;
  readonly more: object;
};

/** The valid examples of each version of each fact. */
function allExamples(): Example[] {
  const folders = readdirSync(examples).flatMap((context) =>
    readdirSync(join(examples, context)).map((name) => [context, name] as const),
  );
  const known = new Set(folders.map((folder) => folder.join('/')));
  return folders.flatMap(([context, name]) => {
    const [, path = '', version = '1'] = /^(.+)\.v(\d+)$/.exec(name) ?? [];
    const isOlder = known.has(`${context}/${path}.v${Number(version) + 1}`);
    const type = `${context}.${path}`;
    if (!isFactType(type)) return [];
    const more = isOlder ? { dataschema: `urn:tributary:schema:${type}:${version}.0` } : {};
    return readdirSync(join(examples, context, name))
      .filter((file) => file.startsWith('ok-'))
      .map((file) => ({
        type,
        major: Number(version),
        data: JSON.parse(readFileSync(join(examples, context, name, file), 'utf8')),
        more,
      }));
  });
}

/** Facts of a run come often: what they count depends on each other. */
const OFTEN = /^training\.(run|steps|exposure|checkpoint)|^evaluation\.score|^mixture|^corpus\.shard/;

/**
 * Facts of every type in random order, made of the examples, with names from small pools, small steps and random numbers.
 * One in seven corrects an earlier one of its type.
 */
export function factsOfEveryType(random: Random, length: number): SentEvent[] {
  const all = allExamples();
  const weighted = all.flatMap((one) => (OFTEN.test(one.type) ? [one, one, one] : [one]));
  const made: SentEvent[] = [];
  while (made.length < length) {
    /* Each type once at first. */
    const { type, major, more, data: given } = all[made.length] ?? pick(weighted, random);
    const data = renewed(given, random);
    if (checkFact(type, data, major)) continue;
    const earlier = made.filter((one) => one.type === type);
    const corrects = random() < 1 / 7 && earlier.length > 0 ? correcting(pick(earlier, random)) : {};
    made.push({ ...fact(type, data), ...more, ...corrects });
  }
  return made;
}

const correcting = ({ id }: SentEvent): object => ({
  corrects: id,
  correctionreason: 'wrong',
  actor: 'somebody',
});

/** The same fact about other names, steps and amounts. */
function renewed(value: object, random: Random): object {
  const data = Object(renewedMember(value, '', random));
  const first = 1 + Math.floor(random() * 100);
  if ('firstStep' in data) {
    data.firstStep = first;
    data.lastStep = first + Math.floor(random() * 70);
  }
  if (Array.isArray(data.steps) && data.columns)
    data.steps = data.steps.map((_: unknown, index: number) => first + index);
  if (data.attempt === 2 && 'seeds' in data && random() < 0.7)
    data.resumedFrom = { attempt: 1, step: Math.floor(random() * 80) };
  return data;
}

function renewedMember(value: unknown, name: string, random: Random): unknown {
  /* An event of OpenLineage has ids of its own, which its subject repeats. */
  if (name === 'event') return value;
  if (Array.isArray(value)) return value.map((item) => renewedMember(item, name, random));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, renewedMember(member, key, random)]),
    );
  const names = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (typeof value === 'string' && names) return pick(names, random);
  const renew = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
  return typeof value === 'number' && renew ? renew(random) : value;
}

const smallStep = (random: Random): number => pick([2, 30, 100], random);
const quarters = (random: Random): number => Math.floor(random() * 1000) / 4;

const NUMBERS: Readonly<Record<string, (random: Random) => number>> = {
  attempt: (random) => pick([1, 2], random),
  step: smallStep,
  lastStep: smallStep,
  amount: quarters,
  value: quarters,
};
