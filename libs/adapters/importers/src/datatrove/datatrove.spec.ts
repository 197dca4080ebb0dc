import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf, sample } from '../import.fixture.ts';
import { datatrove } from './datatrove.ts';
import { summedSteps, metricOf, stepStatsIn } from './stats-file.ts';

const folder = await sample('datatrove');
const below = (...prefixes: string[]) => ({
  name: 'mini',
  files: folder.files.filter(({ path }) => prefixes.some((prefix) => path.startsWith(prefix))),
});
const step = (name: string, stats: object) => ({ name, time_stats: { total: 1 }, stats });
const stats = (...steps: object[]) => JSON.stringify(steps);

describe('metricOf', () => {
  it('reads a bare number as a total with mean 1, and an omitted n as the total or 1', () => {
    expect(metricOf(16)).toEqual({ total: 16, n: 16 });
    expect(metricOf({ total: 4202, n: 24, mean: 175.1 })).toEqual({ total: 4202, n: 24 });
    expect(metricOf({ total: 5, variance: 2 })).toEqual({ total: 5, n: 5 });
    expect(metricOf({ total: 26, mean: 26 })).toEqual({ total: 26, n: 1 });
    expect(metricOf('3')).toBeUndefined();
    expect(metricOf({ mean: 1 })).toBeUndefined();
  });

  it('sums the tasks by step', () => {
    const task = (total: number) => stepStatsIn([step('a', { total, dropped_x: 1 })]) ?? [];
    expect([...(summedSteps([task(2), task(3)])[0]?.metrics ?? [])]).toEqual([
      ['total', 5],
      ['dropped_x', 2],
    ]);
  });
});

describe('datatrove', () => {
  it('reads the steps of a pipeline with dropped documents by reason', async () => {
    const imported = await importOf(datatrove, below('logs/filter'));
    expect(imported.rejected).toEqual([]);
    expect(imported.warnings).toEqual([]);
    expect(factsOf(imported, 'corpus.step.completed')).toMatchObject([
      {
        index: 0,
        kind: 'read',
        name: '📖 - READER: 🐿 Jsonl',
        documentsOut: { value: 24 },
        inputs: ['/data/mini/datatrove/in'],
      },
      {
        kind: 'filter',
        name: '🔻 - FILTER: 👤 Lambda',
        documentsIn: { value: 24 },
        documentsOut: { value: 20, method: 'reported' },
        dropped: [{ reason: 'not_english', documents: { value: 4 } }],
      },
      {
        kind: 'filter',
        documentsIn: { value: 20 },
        documentsOut: { value: 16 },
        dropped: [{ reason: 'gopher_short_doc', documents: { value: 4 } }],
        config: { min_doc_words: 20 },
      },
      { kind: 'tag', outputs: ['/data/mini/datatrove/docstats'] },
      {
        kind: 'write',
        documentsIn: { value: 16 },
        documentsOut: { value: 16 },
        outputs: ['/data/mini/datatrove/out'],
      },
    ]);
  });

  it('sums the tasks if there are no merged counts, and never counts both', async () => {
    const { files } = below('logs/filter');
    const merged = await importOf(datatrove, below('logs/filter'));
    const byTask = await importOf(datatrove, {
      name: 'mini',
      files: files.filter(({ path }) => path !== 'logs/filter/stats.json'),
    });
    const outs = (imported: typeof merged) =>
      factsOf(imported, 'corpus.step.completed').map(({ documentsOut }) => documentsOut?.value);
    expect(outs(byTask)).toEqual(outs(merged));
    const one = files.filter(({ path }) => !/stats\.json|00001\.json/.test(path));
    expect(codesOf(await importOf(datatrove, { name: 'mini', files: one }))).toEqual(['tasks_missing']);
  });

  it('warns if tasks do not add up to the merged counts', async () => {
    const files = {
      'stats.json': stats(step('a', { total: 5 })),
      'stats/00000.json': stats(step('a', { total: 4 })),
    };
    expect(codesOf(await importOf(datatrove, files))).toEqual(['merged_counts_differ']);
  });

  it('counts documents that are dropped without a reason, and none out if none were forwarded', async () => {
    const imported = await importOf(datatrove, {
      'stats.json': stats(step('🔻 - FILTER: x', { total: 5, dropped: 5, dropped_a: 2 })),
    });
    expect(factsOf(imported, 'corpus.step.completed')).toMatchObject([
      {
        documentsOut: { value: 0 },
        dropped: [
          { reason: 'a', documents: { value: 2 } },
          { reason: 'unknown', documents: { value: 3 } },
        ],
      },
    ]);
  });

  it('removes memory addresses and secrets from arguments', async () => {
    const recipe = {
      pipeline: [{ f: '<function f at 0x7f3f975368d0>', token: `hf_${'a'.repeat(34)}` }],
      world_size: 1,
    };
    const imported = await importOf(datatrove, { 'executor.json': JSON.stringify(recipe) });
    const [fact] = factsOf(imported, 'corpus.step.completed');
    expect(fact).toMatchObject({ config: { f: '<function f>' }, redacted: true });
    expect(JSON.stringify(fact)).not.toContain('hf_a');
  });

  it('sums domains over the tasks in documents and characters', async () => {
    const imported = await importOf(datatrove, below('docstats'));
    const measured = factsOf(imported, 'corpus.attribute.measured');
    const values = (attribute: string) => measured.find((fact) => fact.attribute === attribute)?.values ?? [];
    const domains = new Set(values('fqdn').map(({ bucket }) => bucket));
    expect(domains).toEqual(new Set(['docs.example.net', 'example.com', 'example.org']));
    expect(values('fqdn').reduce((sum, { value }) => sum + value, 0)).toBe(16);
    expect(values('fqdn.length').reduce((sum, { value }) => sum + value, 0)).toBe(3562);
    expect(values('summary.length')).toMatchObject([
      { ref: expect.stringMatching(/^docstats@[0-9a-f]{12}$/) as string, bucket: 'total', value: 3562 },
      { bucket: 'n', value: 16 },
      { bucket: 'mean', value: 222.625 },
    ]);
    expect(values('histogram.length').reduce((sum, { value }) => sum + value, 0)).toBe(16);
  });

  it('prefers a merged statistic to those of the tasks', async () => {
    const files = {
      'o/fqdn/length/00000.json': '{"a.org": 1}',
      'o/fqdn/length/metric.json': '{"a.org": {"total": 9, "n": 3, "mean": 3}}',
    };
    const [fact] = factsOf(await importOf(datatrove, files), 'corpus.attribute.measured');
    expect(fact?.values).toMatchObject([{ bucket: 'a.org', value: 9 }]);
  });

  it('tells the statistics of two datasets apart, of which the outputs have one name and the first task is equal', async () => {
    const refsOf = async (files: Readonly<Record<string, string>>) =>
      factsOf(await importOf(datatrove, files), 'corpus.attribute.measured').map(({ values }) => [
        values[0].ref,
        values[0].value,
      ]);
    const task = (total: number) => JSON.stringify({ summary: { total, n: 1 } });
    const web = { 'stats/summary/length/0.json': task(1), 'stats/summary/length/1.json': task(2) };
    const code = { 'stats/summary/length/0.json': task(1), 'stats/summary/length/1.json': task(5) };
    const below = (folder: string, files: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
    const [[ofWeb], [ofCode]] = [await refsOf(web), await refsOf(code)];
    expect(await refsOf({ ...below('web', web), ...below('code', code) })).toEqual([ofCode, ofWeb]);
    expect(ofWeb?.[0]).not.toBe(ofCode?.[0]);
    expect(await refsOf({ ...below('a', web), ...below('b/c', web) })).toEqual([ofWeb, ofWeb]);
  });

  it('reads the tokens and documents of a tokenised file', async () => {
    const imported = await importOf(datatrove, below('tokens'));
    expect(imported.warnings).toEqual([]);
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([
      {
        uri: 'datatrove/tokens/mini_00000_unshuffled.ds',
        slice: 'datatrove',
        tokens: { value: 992, method: 'measured' },
        documents: { value: 16 },
        bytes: { value: 1984 },
        tokenizer: 'tokenizer.json',
      },
    ]);
    const odd = await importOf(datatrove, {
      'a.ds.metadata': 'gpt2|2\n5\n5 T',
      'a.ds': 'abc',
      'a.ds.index': new Uint8Array(8),
    });
    expect(codesOf(odd)).toEqual(['tokens_do_not_fit_bytes', 'tokens_do_not_fit_index']);
  });

  it('has one shard of metadata with and without their tokens and index', async () => {
    const metadata = { '0.ds.metadata': 'gpt2|2\n5\n5 T' };
    const index = new Uint8Array(8);
    index[0] = 5;
    const parts = { ...metadata, '0.ds': '0123456789', '0.ds.index': index };
    const below = (folder: string, files: Readonly<Record<string, string | Uint8Array>>) =>
      Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
    const eventsOf = async (files: Readonly<Record<string, string | Uint8Array>>) =>
      (await importOf(datatrove, files)).events;
    const whole = await eventsOf(below('web/tokens', parts));
    expect(whole).toMatchObject([{ data: { tokens: { value: 5, method: 'measured' } } }]);
    const copied = { ...below('web/tokens', parts), ...below('copy/web/tokens', metadata) };
    expect(await eventsOf(copied)).toEqual(whole);
    const { '0.ds.index': _index, ...unindexed } = parts;
    const [part] = await eventsOf(below('web/tokens', unindexed));
    expect(part?.id).not.toBe(whole[0]?.id);
  });

  it('reads the removed documents and the clusters of MinHash', async () => {
    const imported = await importOf(datatrove, below('remove'));
    expect(factsOf(imported, 'corpus.step.completed')).toMatchObject([
      {
        kind: 'deduplicate',
        dropped: [{ reason: 'duplicate', documents: { value: 2, method: 'measured' } }],
      },
    ]);
    const of = (attribute: string) =>
      factsOf(imported, 'corpus.attribute.measured')
        .filter((fact) => fact.attribute === attribute)
        .map(({ values }) => values.map(({ ref, value }) => [ref.split('/').slice(-2).join('/'), value]));
    expect(of('minhash_removed')).toEqual([[['000000/4', 1]], [['000001/4', 1]]]);
    const [clusters = []] = of('minhash_cluster_id');
    expect(clusters.map(([ref]) => ref)).toEqual(['000000/0', '000000/4']);
    expect(new Set(clusters.map(([, cluster]) => cluster)).size).toBe(1);
    expect(of('minhash_cluster_size')[0]).toEqual([
      ['000000/0', 2],
      ['000000/4', 2],
    ]);
  });

  it('does not match other JSON', async () => {
    for (const text of ['[]', '[1]', '{"pipeline": []}', '[{"name": "a", "time_stats": {}}]', '']) {
      expect(await datatrove.detect({ name: 'x', files: (await sample('mds')).files })).toEqual([]);
      expect((await importOf(datatrove, { 'stats.json': text })).events).toEqual([]);
    }
  });
});

describe('runs of other versions and malformed runs', () => {
  const step = (name: string, stats: object, time: object = {}) => ({ name, time_stats: time, stats });

  it('are recognised without world_size, as old versions write them', async () => {
    const recipe = {
      pipeline: [{ limit: -1 }, 'a function'],
      logging_dir: 'l',
      skip_completed: true,
      tasks: 8,
    };
    const imported = await importOf(datatrove, { 'executor.json': JSON.stringify(recipe) });
    expect(factsOf(imported, 'corpus.step.completed')).toHaveLength(2);
  });

  it('have no seconds if no task was timed, and leave out tasks with other steps', async () => {
    const imported = await importOf(datatrove, {
      'stats/00000.json': JSON.stringify([step('READER', { documents: 3 })]),
      'stats/00001.json': JSON.stringify([step('OTHER', { documents: 4 })]),
    });
    const [read] = factsOf(imported, 'corpus.step.completed');
    expect([read?.seconds, read?.documentsOut?.value]).toEqual([undefined, 3]);
    expect(codesOf(imported)).toContain('tasks_left_out');
  });

  it('have zero documents out only if all incoming documents were dropped', async () => {
    const stats = [
      step('🔻 - FILTER: a', { total: 3, dropped: 3 }),
      step('🔻 - FILTER: b', { total: 3, dropped: 2 }),
    ];
    const imported = await importOf(datatrove, { 'stats.json': JSON.stringify(stats) });
    const out = factsOf(imported, 'corpus.step.completed').map(({ documentsOut }) => documentsOut?.value);
    expect(out).toEqual([0, undefined]);
  });

  it('merge the rarest of too many reasons', async () => {
    const reasons = Array.from({ length: 1200 }, (_none, at) => [`dropped_r${at}`, 2] as const);
    const stats = [step('🔻 - FILTER: a', { total: 2400, dropped: 2400, ...Object.fromEntries(reasons) })];
    const imported = await importOf(datatrove, { 'stats.json': JSON.stringify(stats) });
    const dropped = factsOf(imported, 'corpus.step.completed')[0]?.dropped ?? [];
    expect([dropped.length, dropped.at(-1)]).toMatchObject([
      1000,
      { reason: 'other reasons', documents: { value: 402 } },
    ]);
  });

  it('have no values for a missing summary, and no oversized event for long domains', async () => {
    const domains = Array.from({ length: 6000 }, (_none, at) => [
      `${'sub.'.repeat(40)}${at}.org`,
      { total: at, n: 1 },
    ]);
    const imported = await importOf(datatrove, {
      'out/summary/length/00000.json': '{"other": 3}',
      'out/fqdn/length/00000.json': JSON.stringify(Object.fromEntries(domains)),
    });
    expect(imported.rejected).toEqual([
      {
        source: 'out/summary/length/00000.json',
        pointer: '/summary',
        reason: 'the file has no member "summary"',
      },
    ]);
    expect(factsOf(imported, 'corpus.attribute.measured').flatMap(({ values }) => values)).toHaveLength(
      12_000,
    );
  });
});
