import { describe, expect, it } from 'vitest';
import type { FactCatalogue } from '@tributary/contracts';
import { folderOf } from '../files/folder.ts';
import { croissant } from './croissant.ts';
import { spdxOf } from './licence.ts';

const DESCRIPTION = {
  '@context': { cr: 'http://mlcommons.org/croissant/' },
  '@type': 'sc:Dataset',
  conformsTo: 'http://mlcommons.org/croissant/1.0',
  name: 'Tiny Corpus',
  version: '2.1',
  license: 'cc-by-4.0',
  citeAs: '@misc{tiny}',
};

async function imported(description: unknown) {
  const folder = folderOf('sets', { 'metadata.json': JSON.stringify(description) });
  const [match] = await croissant.detect(folder);
  return croissant.read({ name: 'sets', files: match?.files ?? [] }, {});
}
const snapshot = async (description: unknown) =>
  (await imported(description)).events[0]?.data as FactCatalogue['corpus.snapshot.registered'];
const withFile = (file: object) => ({
  ...DESCRIPTION,
  distribution: [{ '@type': 'cr:FileObject', '@id': 'a', ...file }],
});

describe('a Croissant description', () => {
  it('is a snapshot with version, licence and citation', async () => {
    expect(await snapshot(DESCRIPTION)).toMatchObject({
      snapshotId: expect.stringMatching(/^urn:croissant:Tiny Corpus@2\.1#[0-9a-f]{16}$/),
      version: '2.1',
      licence: 'CC-BY-4.0',
      licenceStated: 'cc-by-4.0',
      config: { citeAs: '@misc{tiny}' },
    });
  });

  it('can be the only entry of a list', async () => {
    expect(await snapshot([DESCRIPTION])).toEqual(await snapshot(DESCRIPTION));
  });

  it('has no licence if none is stated, which differs from an unknown licence', async () => {
    expect(await snapshot({ ...DESCRIPTION, license: undefined })).not.toHaveProperty('licence');
    expect(await snapshot({ ...DESCRIPTION, license: 'Unknown' })).toMatchObject({ licence: 'unknown' });
  });

  it('keeps rai terms unchanged', async () => {
    expect(await snapshot({ ...DESCRIPTION, 'rai:dataBiases': 'many' })).toMatchObject({
      config: { 'rai:dataBiases': 'many' },
    });
  });

  it('has the sources in its prov terms', async () => {
    const from = { '@id': 'full', 'prov:atLocation': 'https://hub.example/full', 'prov:label': 'Full' };
    expect(await snapshot({ ...DESCRIPTION, 'prov:wasDerivedFrom': from })).toMatchObject({
      sources: [{ kind: 'uri', ref: 'https://hub.example/full', name: 'Full', multiplicity: 1 }],
    });
  });

  it('has its files as shards with their stated digests and sizes', async () => {
    const sha256 = 'ab'.repeat(32);
    const { events } = await imported(
      withFile({ contentUrl: 'https://hub.example/a', sha256, contentSize: '12 B' }),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'corpus.snapshot.registered',
      'corpus.shard.registered',
      'corpus.members.listed',
    ]);
    expect(events[1]?.data).toMatchObject({
      digest: { algorithm: 'sha256', value: sha256 },
      bytes: { value: 12, method: 'declared' },
    });
  });

  it.each(['None', 'main', undefined])('has no digest if the sha256 is %s', async (sha256) => {
    const { events, warnings } = await imported(withFile({ contentUrl: 'https://hub.example/a', sha256 }));
    expect(events[1]?.data).not.toHaveProperty('digest');
    expect(warnings).toEqual([]);
  });

  it('recognises an MD5 in the member sha256 by its length, and ignores an address', async () => {
    const md5 = await imported(withFile({ contentUrl: 'https://hub.example/a', sha256: 'ab'.repeat(16) }));
    expect(md5.events[1]?.data).toMatchObject({ digest: { algorithm: 'md5' } });
    const address = await imported(
      withFile({ contentUrl: 'https://hub.example/a', sha256: 'https://x.example/80' }),
    );
    expect(address.events[1]?.data).not.toHaveProperty('digest');
    expect(address.warnings).toMatchObject([{ code: 'sha256_invalid' }]);
  });

  it('is not recognised in other JSON-LD', async () => {
    const other = { '@context': 'https://schema.org', '@type': 'Dataset', name: 'x', license: 'mit' };
    expect(
      await croissant.detect(folderOf('x', { 'a.json': JSON.stringify(other), 'b.json': '[1]' })),
    ).toEqual([]);
  });
});

describe('a licence', () => {
  it.each([
    ['mit', 'MIT'],
    ['https://creativecommons.org/licenses/by/4.0/', 'CC-BY-4.0'],
    ['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0'],
    ['https://choosealicense.com/licenses/odc-by/', 'ODC-By-1.0'],
    ['https://spdx.org/licenses/MIT.html', 'MIT'],
    ['CC BY-SA 3.0', 'CC-BY-SA-3.0'],
    ['unknown', 'unknown'],
    ['Public', 'Public'],
    ['other', 'other'],
    ['constructor', 'constructor'],
  ])('%s is %s', (stated, spdx) => {
    expect(spdxOf(stated)).toBe(spdx);
  });
});

describe('a Croissant description of another publisher', () => {
  it('can have prefixed terms, value objects and an enclosing graph', async () => {
    const file = {
      '@type': 'cr:FileObject',
      '@id': 'a',
      'sc:contentUrl': 'a.csv',
      'sc:sha256': 'b'.repeat(64),
    };
    const node = {
      '@type': ['https://schema.org/Dataset'],
      'sc:name': { '@value': 'Prefixed', '@language': 'en' },
      'https://schema.org/url': 'https://d.example/set',
      'sc:distribution': [file],
    };
    const graph = { '@context': DESCRIPTION['@context'], '@graph': [{ '@type': 'sc:Person' }, node] };
    const { events } = await imported(graph);
    expect(events[0]?.data).toMatchObject({
      snapshotId: expect.stringMatching(/^urn:croissant:https:\/\/d\.example\/set\/Prefixed#[0-9a-f]{16}$/),
      name: 'Prefixed',
    });
    expect(events[1]?.data).toMatchObject({ uri: 'a.csv', digest: { algorithm: 'sha256' } });
  });

  it('can state a licence as title and address, and an MD5 in base64', async () => {
    const url = 'https://creativecommons.org/publicdomain/zero/1.0/';
    const license = { '@type': 'sc:CreativeWork', name: 'CC0: Public Domain', url };
    const file = { contentUrl: 'a.zip', md5: 'V+sZ0tDnqR1aa3BqFJkPXQ==' };
    const { events } = await imported({ ...withFile(file), license });
    expect(events[0]?.data).toMatchObject({ licence: 'CC0-1.0', licenceStated: 'CC0: Public Domain' });
    expect(events[1]?.data).toMatchObject({
      digest: { algorithm: 'md5', value: '57eb19d2d0e7a91d5a6b706a14990f5d' },
    });
  });

  it.each(['None', 'null', ' none '])(
    'states no name, address or version by the text %s',
    async (missing) => {
      const members = { name: missing, url: missing, version: missing, license: missing };
      const data = await snapshot({ ...DESCRIPTION, ...members });
      expect(data.snapshotId).toMatch(/^urn:croissant:unnamed#[0-9a-f]{16}$/);
      for (const member of ['name', 'uri', 'version', 'licence']) expect(data).not.toHaveProperty(member);
    },
  );

  it('keeps two files with the same id apart', async () => {
    const file = (contentUrl: string) => ({ '@type': 'cr:FileObject', '@id': 'a', contentUrl });
    const { events } = await imported({ ...DESCRIPTION, distribution: [file('x'), file('y')] });
    const ids = events.flatMap(({ data }) => ('shardId' in data ? [data.shardId] : []));
    expect(new Set(ids).size).toBe(2);
  });

  it('can use the terms from before version 1.0, and is identified by its content if it has no address', async () => {
    const old = { '@context': { ml: 'http://mlcommons.org/schema/' }, '@type': 'sc:Dataset', name: 'old' };
    const [one, two] = [await snapshot(old), await snapshot({ ...old, description: 'another' })];
    expect(one.name).toBe('old');
    expect(one.snapshotId).not.toBe(two.snapshotId);
  });
});
