import { checkFact } from '@tributary/contracts';
import type { FactCatalogue } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../import.fixture.ts';
import type { Folder } from '../files/folder.ts';
import { croissant } from './croissant.ts';
import { descriptionIn } from './description.ts';
import { distributionOf } from './distribution.ts';

async function matched(): Promise<Folder> {
  const matches = await croissant.detect(await shared('croissant'));
  return { name: 'croissant', files: matches.flatMap(({ files }) => files) };
}

describe.skipIf(!hasShared('croissant'))('Croissant descriptions (needs shared data croissant)', () => {
  it('are 23, of which 21 conform to 1.0 and 2 to 1.1, and become snapshots', async () => {
    const matches = await croissant.detect(await shared('croissant'));
    const evidence = matches.map(({ evidence: [text = ''] }) => text.slice(-3));
    expect([
      evidence.filter((text) => text === '1.0').length,
      evidence.filter((text) => text === '1.1').length,
    ]).toEqual([21, 2]);
    const { events, rejected } = await croissant.read(await matched(), {});
    expect(rejected).toEqual([]);
    expect(events.filter(({ type }) => type === 'corpus.snapshot.registered')).toHaveLength(23);
    for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('have 85 distribution entries in 21 metadata files: of 29 sha256 members, 10 are valid and 11 hold an MD5', async () => {
    const { files } = await matched();
    const metadata = files.filter(({ name }) => name === 'metadata.json');
    const descriptions = await Promise.all(metadata.map((file) => descriptionIn(file)));
    const entries = descriptions.flatMap((description) => distributionOf(description ?? {}));
    const stated = entries.filter(({ statedSha256 }) => statedSha256 !== undefined);
    const algorithms = stated.map(({ digest }) => digest?.algorithm ?? 'none');
    const count = (algorithm: string) => algorithms.filter((each) => each === algorithm).length;
    expect([metadata.length, entries.length, stated.length]).toEqual([21, 85, 29]);
    expect([count('sha256'), count('md5'), count('none')]).toEqual([10, 11, 8]);
  });

  it('state no licence in 4 files and an unknown one in 1', async () => {
    const { warnings } = await croissant.read(await matched(), {});
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'licence_absent', count: 4 }));
    expect(warnings).toContainEqual({ code: 'licence_unknown', count: 1, example: expect.anything() });
  });

  it.each([
    ['huggingface-c4', 2, 1],
    ['flores-200', 5, 4],
    ['credit-g', 1, 15],
  ])('describe %s by %d distribution entries and %d record sets', async (name, entries, recordSets) => {
    const { files } = await matched();
    const one = files.filter(({ path }) => path.endsWith(`${name}/metadata.json`));
    const { events } = await croissant.read({ name, files: one }, {});
    const snapshot = events[0]?.data as FactCatalogue['corpus.snapshot.registered'] | undefined;
    expect(snapshot?.config).toMatchObject({
      distribution: { length: entries },
      recordSet: { length: recordSets },
    });
  });

  it('state the sources of wildchat 1.1', async () => {
    const { events } = await croissant.read(await matched(), {});
    const sources = events.flatMap(({ data }) => ('sources' in data ? (data.sources ?? []) : []));
    expect(sources).toMatchObject([{ ref: 'https://huggingface.co/datasets/allenai/WildChat-1M-Full' }]);
  });
});
