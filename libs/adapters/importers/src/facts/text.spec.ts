import { expect, it } from 'vitest';
import { spdxOf } from '../croissant/licence.ts';
import { checkpointIdOf } from '../olmo/training/checkpoint-table.ts';
import { withoutSeed } from '../sweep/arm.ts';
import { stemOf } from './shard-list.ts';
import { sliceName } from './slice-names.ts';
import { withoutTrailing } from './text.ts';

const TIMES = 1_000_000;

it('takes no more than linear work for runs of a character that are not at the end', () => {
  const slashes = `${'/'.repeat(TIMES)}x`;
  expect(withoutTrailing(`${slashes}//`, '/')).toBe(slashes);
  expect(checkpointIdOf(slashes)).toMatch(/^\/{499}~[0-9a-f]{12}$/);
  expect(spdxOf(`https://spdx.org/licenses/${slashes}`)).toHaveLength(256);
});

it('takes no more than linear work for runs of hyphens, digits and extensions in names', () => {
  expect(sliceName(`a${'-'.repeat(TIMES)}b`)).toHaveLength(128);
  expect(withoutSeed(`${'1'.repeat(TIMES)}x`)).toHaveLength(TIMES + 1);
  expect(stemOf(`a${'.csv'.repeat(TIMES)}.x`)).toHaveLength(4 * TIMES + 3);
  expect(stemOf(`a${'.csv'.repeat(TIMES)}`)).toBe('a');
});

it('takes a seed and all extensions from the end of a name, and leaves no name empty', () => {
  expect(['mix_seed3', 'mix-s-12', 'mix7', 'r2', 'mixrep', 'mix.4.5'].map(withoutSeed)).toEqual([
    'mix',
    'mix',
    'mix',
    '',
    'mix',
    'mix.4',
  ]);
  expect(['d/a.tar.JSONL.gz', '.gz', 'a', 'a.', '.csv.gz', 'a.b.csv'].map(stemOf)).toEqual([
    'a.tar',
    '.gz',
    'a',
    'a.',
    '.csv.gz',
    'a.b',
  ]);
  expect(['-a-b--/--/_c-', '--'].map(sliceName)).toEqual(['a-b/c', 'unnamed']);
});
