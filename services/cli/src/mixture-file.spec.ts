import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { mixturesFor } from './mixture-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-mixtures-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const experiment = { id: 'regmix-1m', slices: ['web', 'code/hard', 'code/plain'] };

it.each([
  ['stripped.csv', 'id,web,code,hard_fraction_within_code\na,0.5,0.5,0.2\n'],
  ['original.tsv', 'id\tw_web\tw_code\thard_fraction_within_code\na\t0.5\t0.5\t0.2\n'],
  ['rows.jsonl', '{"id":"a","web":0.5,"code":0.5,"hard_fraction_within_code":0.2}\n'],
])('matches the columns of %s as an import would', async (name, text) => {
  expect(await mixturesFor(experiment, file(name, text))).toEqual([
    {
      key: 'a',
      shares: [
        { slice: 'web', share: 0.5 },
        { slice: 'code/hard', share: 0.1 },
        { slice: 'code/plain', share: 0.4 },
      ],
    },
  ]);
});

it('lists unknown, missing and known slices', async () => {
  const path = file('other.csv', 'id,web,books\na,0.5,0.5\n');
  await expect(mixturesFor(experiment, path)).rejects.toThrow(
    'unknown: books (column books of other.csv); missing: code/hard, code/plain. The slices of regmix-1m are: web,',
  );
});

it.each([
  ['bad.csv', 'id,web,code\na,0.5,0.5\nb,0.5,x\n', 'bad.csv:3, column code: "x" is not a number'],
  ['sums.csv', 'id,web,code\na,0.5,0.5\nb,0.5,0.6\n', 'sums.csv:3: the shares sum to 1.1'],
  ['none.csv', 'id,web\na,0.5\n', 'each row needs a key and shares that sum to one'],
])(
  'refuses all of %s, because a part of the answer would look like all of it',
  async (name, text, reason) => {
    await expect(mixturesFor(experiment, file(name, text))).rejects.toThrow(reason);
  },
);

it('refuses a path that is not a file', async () => {
  await expect(mixturesFor(experiment, join(folder, 'absent.csv'))).rejects.toThrow('not one file');
});
