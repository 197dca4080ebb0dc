import { describe, expect, it } from 'vitest';
import type { FactCatalogue } from '@tributary/contracts';
import { folderOf } from '../../files/folder.ts';
import { olmoMix } from './mix.ts';

async function imported(text: string, name = 'Corpus-mix-0925.txt') {
  const folder = folderOf('mixes', { [name]: text });
  const [match] = await olmoMix.detect(folder);
  return olmoMix.read({ name: 'mixes', files: match?.files ?? [] }, {});
}
const MIX =
  '# Differs from 0625\nwiki,pre/{TOKENIZER}/0.npy\nwiki,pre/{TOKENIZER}/0.npy\n\n# ~> BOOKS (5.256 GT)\nBooks & more,pre/1.npy\n';

describe('a mix list', () => {
  it('is a snapshot with the version in its file name', async () => {
    const { events } = await imported(MIX);
    expect(events[0]?.data).toMatchObject({
      snapshotId: expect.stringMatching(/^urn:olmo:mix:Corpus-mix-0925@[0-9a-f]{12}$/),
      version: '0925',
    });
    expect((await imported(MIX, 'dolma17.txt')).events[0]?.data).toMatchObject({ version: '17' });
    expect((await imported(MIX, 'v3-small-ppl.txt')).events[0]?.data).toMatchObject({ version: 'v3' });
  });

  it('has a shard that is listed twice as one member with two repeats, and keeps the placeholder', async () => {
    const { events } = await imported(MIX);
    expect((events[1]?.data as FactCatalogue['corpus.members.listed'] | undefined)?.members).toEqual([
      { shardId: 'pre/{TOKENIZER}/0.npy', slice: 'wiki', label: 'wiki', repeats: 2 },
      { shardId: 'pre/1.npy', slice: 'books-more', label: 'Books & more', repeats: 1 },
    ]);
  });

  it('can have comments after the path, blanks and Windows line breaks', async () => {
    const { events, rejected } = await imported('web,a/{TOKENIZER}/0.npy # twice\r\ncode , a/1.npy\r\n');
    expect(rejected).toEqual([]);
    expect(events[1]?.data).toMatchObject({
      members: [
        { shardId: 'a/{TOKENIZER}/0.npy', label: 'web' },
        { shardId: 'a/1.npy', label: 'code' },
      ],
    });
  });

  it('keeps its comments with their lines and declared tokens', async () => {
    const { events } = await imported(MIX);
    expect(events[0]?.data).toMatchObject({
      description: 'Differs from 0625',
      config: {
        comments: [
          { line: 1, text: 'Differs from 0625' },
          { line: 5, text: '~> BOOKS (5.256 GT)', declaredTokens: 5_256_000_000 },
        ],
      },
    });
  });

  it('has no shares: it lists files and not tokens', async () => {
    const { plan, warnings } = await imported(MIX);
    expect(Object.keys(plan.byType)).toEqual(['corpus.snapshot.registered', 'corpus.members.listed']);
    expect(warnings.map(({ code }) => code)).toEqual(['shard_repeated', 'tokens_unknown']);
  });

  it('can have a byte order mark, and a broken line is rejected with its number', async () => {
    const lines = Array.from({ length: 20 }, (_value, index) => `wiki,pre/${index}.npy`);
    const { events, rejected } = await imported(`\uFEFF${[...lines, 'no path here'].join('\r\n')}`);
    expect(events[0]?.data).toMatchObject({ config: { shards: 20 } });
    expect(rejected).toMatchObject([{ source: 'Corpus-mix-0925.txt:21' }]);
  });

  it('is not recognised in tables, prose or an empty file', async () => {
    const others = {
      'table.csv': 'Step,Checkpoint Directory\n0,https://x/step0/\n1,https://x/step1/',
      'provenance.csv': 'Dataset,Data Directory\nwiki,https://x/part-0.csv.gz\n',
      'prose.txt': 'Once, upon a time\nthere was a comma,\n',
      'empty.txt': '',
      'sweep.csv': 'a,b\n0.5,0.5\n',
    };
    expect(await olmoMix.detect(folderOf('x', others))).toEqual([]);
  });
});
