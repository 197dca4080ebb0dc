import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { PARTS } from '../../tools/release/parts.js';
import { documents, importing } from './file-targets.fixture.ts';
import { CORPUS, folderName, keptInputs } from './corpus.fixture.ts';
import { EVENT_TARGETS } from './event-targets.fixture.ts';
import { questions } from './graphql-target.fixture.ts';
import { fuzz } from './target.fixture.ts';
import { TARGETS } from './targets.fixture.ts';

const files = documents();
const asked = questions();
const ALL = [...TARGETS, ...EVENT_TARGETS, asked, importing, files];
afterAll(() => files.remove());

describe.each(ALL)('$name, mutated', (target) => {
  const isSlow = target === importing;

  it('are read or refused, and never a fault', async () => {
    const { outcomes } = await fuzz(target, { inputs: isSlow ? 150 : 500, seed: 1 });
    expect(outcomes.length).toBeGreaterThan(1);
    const met = (kind: RegExp) => outcomes.some((outcome) => kind.test(outcome));
    expect((target.kinds ?? []).filter((kind) => !met(kind))).toEqual([]);
  });
});

it('keeps inputs of targets that there are', () => {
  const folders = readdirSync(CORPUS, { withFileTypes: true }).filter((one) => one.isDirectory());
  const known = new Set(ALL.map(({ name }) => folderName(name)));
  expect(folders.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  expect(known.size).toBe(ALL.length);
});

it('keeps an input that fails where it says, and reads it first from then on', async () => {
  const corpus = mkdtempSync(join(tmpdir(), 'fuzz-corpus-'));
  const read: Buffer[] = [];
  const target = {
    name: 'a Defect!',
    seeds: async () => [Buffer.from('good'), Buffer.from('bad')],
    read: (input: Buffer) => {
      read.push(input);
      if (input.includes('bad')) throw new Error('a defect');
      return 'read';
    },
  };
  try {
    const run = (keeps: boolean) => fuzz(target, { inputs: 2, seed: 1, keeps, corpus });
    await expect(run(false)).rejects.toThrow('a defect');
    expect(keptInputs(target.name, corpus)).toEqual([]);
    await expect(run(true)).rejects.toThrow(join(corpus, 'a-defect-'));
    expect(keptInputs(target.name, corpus)).toEqual([Buffer.from('bad')]);
    read.length = 0;
    await expect(run(false)).rejects.toThrow('a defect');
    expect(read).toEqual([Buffer.from('bad')]);
  } finally {
    rmSync(corpus, { recursive: true });
  }
});

it('runs each target in one part of the release suite', () => {
  const parts = PARTS.filter(({ files }) => files.includes('tests/fuzz/fuzz.release.spec.ts'));
  for (const { name } of ALL) {
    /* The test runner quotes the texts of a table in the names of its tests. */
    const having = parts.filter(({ only }) => new RegExp(only ?? '').test(`'${name}', mutated are read`));
    expect(having.map((part) => [name, part.name])).toHaveLength(1);
  }
  expect(parts.length).toBeGreaterThan(1);
});

it('makes no longer inputs the more it has read, also where outcomes quote names of the input', async () => {
  const models = TARGETS.find(({ name }) => name === 'ONNX models');
  if (!models) throw new Error('there is no target that reads models');
  const lengths: number[] = [];
  const read = (input: Buffer) => {
    lengths.push(input.length);
    return models.read(input);
  };
  await fuzz({ ...models, read }, { inputs: 20_000, seed: 2 });
  const meanOf = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
  expect(meanOf(lengths.slice(-5_000))).toBeLessThan(2 * meanOf(lengths.slice(0, 5_000)));
});

it('lets others of its process have a turn', async () => {
  let isReading = true;
  let turns = 0;
  const others = (async () => {
    for (; isReading; turns += 1) await setImmediate();
  })();
  await fuzz({ name: 'any', seeds: async () => [], read: () => 'read' }, { inputs: 10_000, seed: 1 });
  isReading = false;
  await others;
  expect(turns).toBeGreaterThan(5);
});
