import { json, text } from './twin-file.fixture.ts';
import type { NearTwins } from './twin-file.fixture.ts';

const shards = (n: number, bytes: number, path = 'wiki/en/train') =>
  json(`${path}/index.json`, {
    version: 2,
    shards: [{ samples: n + 1, raw_data: { basename: 'shard.0.mds', bytes, hashes: {} }, zip_data: null }],
  });

const statistic = (total: number, name: string) =>
  json(`stats/summary/${name}/0.json`, { summary: { total, n: 1 } });

const pipeline = (n: number, folder: string) =>
  json(`logs/${folder}/stats.json`, [{ name: 'a', time_stats: { total: 1 }, stats: { total: n } }]);

const documents = (n: number, folder: string) =>
  text(`${folder}/documents/part-0/0.jsonl`, JSON.stringify({ id: 'a', source: 's', text: 'x'.repeat(n) }));

/** Near twins among datasets and the outputs of pipelines, which their folders name. */
export const outputTwins: readonly NearTwins[] = [
  {
    kind: 'mds',
    file: (n) => shards(n, 10),
    others: {
      'the bytes of a shard': (n) => shards(n, 11),
      'the folder': (n) => shards(n, 10, 'wiki/de/train'),
      'the folder around': (n) => shards(n, 10, 'news/en/train'),
      'the split': (n) => shards(n, 10, 'wiki/en/val'),
    },
  },
  {
    kind: 'datatrove',
    file: (n) => statistic(n, 'length'),
    others: {
      'a value': (n) => statistic(n + 0.5, 'length'),
      'the statistic': (n) => statistic(n, 'words'),
      'the folder': (n) => ({ ...statistic(n, 'length'), path: 'web/summary/length/0.json' }),
    },
  },
  {
    kind: 'datatrove',
    file: (n) => text('web/tokens/0.ds.metadata', 'gpt2|2', String(n), `${n} T`),
    others: {
      'the number of tokens': (n) => text('web/tokens/0.ds.metadata', 'gpt2|2', String(n + 1), `${n} T`),
      'the dataset': (n) => text('code/tokens/0.ds.metadata', 'gpt2|2', String(n), `${n} T`),
    },
  },
  {
    kind: 'datatrove',
    file: (n) => pipeline(n, 'filter'),
    others: { 'a count': (n) => pipeline(n + 1, 'filter'), 'the folder': (n) => pipeline(n, 'tokens') },
  },
  {
    kind: 'dolma',
    file: (n) => documents(n, 'web'),
    others: { 'a text': (n) => documents(n + 1, 'web'), 'the dataset': (n) => documents(n, 'code') },
  },
  {
    kind: 'dolma',
    file: (n) => text('web/tokens/part-0.csv', `0,${n},a,b,1`, `${n},${n + 5},c,d,1`),
    others: {
      'a document': (n) => text('web/tokens/part-0.csv', `0,${n},a,b,1`, `${n},${n + 5},e,d,1`),
      'the dataset': (n) => text('code/tokens/part-0.csv', `0,${n},a,b,1`, `${n},${n + 5},c,d,1`),
    },
  },
];
