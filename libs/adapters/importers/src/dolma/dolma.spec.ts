import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, hasShared, importOf, sample, shared } from '../import.fixture.ts';
import { dolma } from './dolma.ts';

const mixer = `
streams:
  - name: books
    documents:
      - \${oc.env:HOME}/a/*.gz
      - s3://b/c/*.gz
    attributes: &attributes [dedupe]
    output: &output {path: s3://b/out/books, max_size_in_bytes: 100}
    filter:
      exclude: ["$.attributes[?(@.x[0][2] < 25)]"]
  - name: wiki
    documents: s3://b/w/*.gz
    attributes: *attributes
    output:
      <<: *output
      path: s3://b/out/wiki
processes: 4
`;

describe('dolma', () => {
  it('makes a step of each stream of a mixer with its filters as text', async () => {
    const imported = await importOf(dolma, { 'mix.yaml': mixer });
    expect(factsOf(imported, 'corpus.step.completed')).toMatchObject([
      {
        name: 'books',
        kind: 'mix',
        inputs: ['${oc.env:HOME}/a/*.gz', 's3://b/c/*.gz'],
        outputs: ['s3://b/out/books'],
        config: { filter: { exclude: ['$.attributes[?(@.x[0][2] < 25)]'] } },
      },
      {
        name: 'wiki',
        inputs: ['s3://b/w/*.gz'],
        outputs: ['s3://b/out/wiki'],
        config: { output: { max_size_in_bytes: 100 } },
      },
    ]);
    expect(codesOf(imported)).toEqual(['interpolation_left', 'counts_absent']);
    const [books] = factsOf(imported, 'corpus.step.completed');
    expect(books).not.toHaveProperty('documentsOut');
  });

  it('reads a mixer in JSON, a deduplication, a tokenisation and tagging', async () => {
    const imported = await importOf(dolma, {
      'a.json': JSON.stringify({ streams: [{ name: 'x', documents: ['d'], output: { path: 'o' } }] }),
      'b.yaml':
        'documents: [d]\ndedupe: {name: para, paragraphs: {attribute_name: p}}\nbloom_filter: {read_only: true}\n',
      'c.yml': 'destination: out\ndocuments: [d]\ntokenizer: {name_or_path: t}\n',
      'd.yaml': 'documents: [d]\ntaggers: [gopher]\nexperiment: e\n',
    });
    expect(
      factsOf(imported, 'corpus.step.completed').map(({ name, kind, outputs }) => [name, kind, outputs?.[0]]),
    ).toEqual([
      ['x', 'mix', 'o'],
      ['para', 'deduplicate', undefined],
      ['c', 'tokenize', 'out'],
      ['e', 'tag', undefined],
    ]);
  });

  it('reads sample rates as epochs of each source', async () => {
    const yaml =
      'destination_prefix: s3://o/v1/games\nsource_prefixes:\n- {prefix: s3://i/games/vigintile_0012, sample_rate: 0.5}\n- {prefix: s3://i/games/vigintile_0013, sample_rate: 3.5}\n';
    const imported = await importOf(dolma, { 'games.yaml': yaml });
    expect(factsOf(imported, 'mixture.plan.decided')).toMatchObject([
      {
        name: 'v1/games',
        unit: 'epochs',
        phases: [
          {
            weights: [
              { slice: 'games/vigintile_0012', weight: 0.5, source: 's3://i/games/vigintile_0012' },
              { slice: 'games/vigintile_0013', weight: 3.5 },
            ],
          },
        ],
      },
    ]);
    expect(factsOf(imported, 'corpus.step.completed')).toMatchObject([
      { kind: 'sample', outputs: ['s3://o/v1/games'] },
    ]);
  });

  it('reads the bytes of shards, counts repeated shards, and infers tokens only from a stated dtype', async () => {
    const imported = await importOf(dolma, {
      'set-v02.csv':
        '\uFEFFkey,size,subset,category\r\ns3://a.npy,10,web,Games\r\ns3://b.npy,x,web,\r\ns3://a.npy,10,web,Games\r\ns3://a.npy,11,web,Games\r\n',
      'typed.csv': 'key,size,subset,dtype\ns3://c.npy,12,web,uint32\n',
    });
    const [first, typed] = factsOf(imported, 'corpus.shard.registered');
    expect(first).toEqual({
      shardId: 's3://a.npy',
      uri: 's3://a.npy',
      slice: 'web/games',
      split: 'unknown',
      bytes: { value: 10, method: 'declared' },
    });
    expect(typed?.tokens).toEqual({ value: 3, method: 'inferred' });
    expect(factsOf(imported, 'corpus.snapshot.registered')[0]).toMatchObject({
      name: 'set',
      version: 'v02',
      bytes: { value: 20 },
    });
    expect(factsOf(imported, 'corpus.members.listed')[0]?.members).toMatchObject([
      { repeats: 2, label: 'web/Games' },
    ]);
    expect(imported.rejected.map(({ source }) => source)).toEqual(['set-v02.csv:3', 'set-v02.csv:5']);
  });

  it('sums tokens by source, and they match the length of the array', async () => {
    const imported = await importOf(dolma, await sample('dolma'));
    expect(imported.warnings).toEqual([]);
    const [shard] = factsOf(imported, 'corpus.shard.registered');
    expect(shard).toMatchObject({
      tokens: { value: 256, method: 'measured' },
      documents: { value: 13 },
      bytes: { value: 512 },
    });
    const [sources] = factsOf(imported, 'corpus.attribute.measured');
    expect(sources?.values).toEqual([
      { ref: shard?.shardId, bucket: 'documents/a.jsonl.gz', value: 161 },
      { ref: shard?.shardId, bucket: 'documents/b.jsonl.gz', value: 95 },
    ]);
  });

  it('has one shard of a list with and without its array', async () => {
    const [rows, npy] = ['0,5,a,web,1\n5,9,b,web,2\n', 'x'.repeat(18)];
    const shardsOf = async (files: Readonly<Record<string, string>>) =>
      (await importOf(dolma, files)).events.filter(({ type }) => type === 'corpus.shard.registered');
    const whole = await shardsOf({ 'web/tokens/0.csv': rows, 'web/tokens/0.npy': npy });
    const copy = { 'copy/web/tokens/0.csv': rows };
    expect(whole).toMatchObject([{ data: { bytes: { value: 18 } } }]);
    expect(await shardsOf({ ...copy, 'web/tokens/0.csv': rows, 'web/tokens/0.npy': npy })).toEqual(whole);
    expect((await shardsOf(copy)).map(({ id }) => id)).not.toEqual(whole.map(({ id }) => id));
  });

  it('warns if tokens do not match the array or are not adjacent, and rejects a broken line', async () => {
    const rows = '0,5,"a,1",web,1\n7,9,b,"x,y",2\nnonsense\n';
    const imported = await importOf(dolma, { 'part-0.csv.gz': gzipSync(rows), 'part-0.npy': 'odd' });
    expect(codesOf(imported)).toEqual(['documents_not_adjacent', 'tokens_do_not_fit_bytes']);
    expect(imported.rejected).toMatchObject([{ source: 'part-0.csv.gz:3' }]);
    expect(factsOf(imported, 'corpus.attribute.measured')[0]?.values).toMatchObject([
      { bucket: 'web', value: 5 },
      { bucket: 'x,y', value: 2 },
    ]);
  });

  it('reads the complete lines of a truncated token list', async () => {
    const packed = gzipSync(
      Array.from({ length: 5000 }, (_none, row) => `${row},${row + 1},id-${row * 7919},s,1`).join('\n'),
    );
    const imported = await importOf(dolma, { 'part-0.csv.gz': packed.subarray(0, packed.length / 2) });
    const [shard] = factsOf(imported, 'corpus.shard.registered');
    expect(shard?.tokens?.value).toBeGreaterThan(1000);
    expect(imported.rejected.length).toBeLessThanOrEqual(1);
  });

  it('does not match other YAML, JSON and tables', async () => {
    const files = {
      'a.yaml': 'streams:\n  web: {remote: s3://a, proportion: 1}\n',
      'b.yaml': 'tokenizer: {name: gpt2}\nmodel: {}\n',
      'c.json': '{"a": 0.5, "b": 0.5}',
      'd.csv': 'key,value\na,1\n',
      'e.yaml': 'streams: [',
    };
    expect((await importOf(dolma, files)).events).toEqual([]);
  });
});

describe.skipIf(!hasShared('dolma-configs'))('dolma-configs (needs shared data dolma-configs)', () => {
  it('has the golden shards, bytes and subsets of both versions', async () => {
    const imported = await importOf(dolma, await shared('dolma-configs'));
    expect(imported.rejected).toEqual([]);
    const versions = ['v01', 'v02'].map((version) => {
      const snapshot = factsOf(imported, 'corpus.snapshot.registered').find((one) => one.version === version);
      const members = factsOf(imported, 'corpus.members.listed')
        .filter(({ snapshotId }) => snapshotId === snapshot?.snapshotId)
        .flatMap((list) => list.members);
      return { bytes: snapshot?.bytes?.value, members };
    });
    expect(versions.map(({ bytes, members }) => [members.length, bytes])).toEqual([
      [1016, 23_719_883_626_704],
      [950, 23_724_318_222_216],
    ]);
    const [first = [], second = []] = versions.map(({ members }) => members.map(({ shardId }) => shardId));
    expect(first.filter((shard) => second.includes(shard))).toHaveLength(884);
    const subsets = (index: number) => {
      const counts = new Map<string, number>();
      for (const { label = '' } of versions[index]?.members ?? []) {
        const [subset = ''] = label.split('/');
        counts.set(subset, (counts.get(subset) ?? 0) + 1);
      }
      return Object.fromEntries(counts);
    };
    const shared01 = {
      'all-dressed-snazzy2': 740,
      'stack-edu': 120,
      arxiv: 8,
      'finemath-3plus': 8,
      wikipedia: 8,
    };
    expect(subsets(0)).toEqual({ ...shared01, s2pdf: 132 });
    expect(subsets(1)).toEqual({ ...shared01, s2pdf: 66 });
    expect(factsOf(imported, 'corpus.snapshot.registered').some((snapshot) => 'tokens' in snapshot)).toBe(
      false,
    );
  });

  it('reads every file except the licence and the notes: configurations, logs and nine tables of target shares', async () => {
    const folder = await shared('dolma-configs');
    const imported = await importOf(dolma, folder);
    const matched = new Set(
      (await dolma.detect(folder)).flatMap(({ files }) => files.map(({ path }) => path)),
    );
    const left = folder.files.filter(({ path }) => !matched.has(path)).map(({ path }) => path);
    expect(left).toEqual(['LICENSE', 'SOURCE.md']);
    const plans = factsOf(imported, 'mixture.plan.decided');
    const resharded = folder.files.filter(({ path }) => path.includes('/config/'));
    const { length } = resharded;
    expect(factsOf(imported, 'corpus.step.completed').filter(({ kind }) => kind === 'sample')).toHaveLength(
      length,
    );
    const shares = plans.filter(({ unit }) => unit === 'token_share');
    expect(shares.map(({ phases }) => phases[0].weights.length).toSorted((a, b) => a - b)).toEqual([
      89, 89, 89, 163, 163, 163, 163, 201, 247,
    ]);
    const games = plans.find(({ name }) => name === 'all-dressed-snazzy2/games');
    expect(games?.phases[0].weights.at(-1)).toMatchObject({
      slice: 'games/vigintile_0020',
      weight: 7.100394208799169,
    });
  });
});

describe('documents and attributes of dolma', () => {
  it('are counted by source without importing their text', async () => {
    const lines = [
      '{"id":"1","text":"çé","source":"web"}',
      '{"id":"1","text":"b","source":"web"}',
      '{"id":"2"}',
      '{',
    ];
    const imported = await importOf(dolma, { 'documents/a/0.jsonl.gz': gzipSync(lines.join('\r\n')) });
    const [shard] = factsOf(imported, 'corpus.shard.registered');
    expect(shard).toMatchObject({ slice: 'tiny', documents: { value: 2, method: 'measured' } });
    const measured = factsOf(imported, 'corpus.attribute.measured');
    expect(measured.map(({ attribute, values }) => [attribute, values[0].bucket, values[0].value])).toEqual([
      ['documents_by_source', 'web', 2],
      ['text_bytes_by_source', 'web', 5],
    ]);
    expect(imported.rejected.map(({ source }) => source)).toEqual([
      'documents/a/0.jsonl.gz:3',
      'documents/a/0.jsonl.gz:4',
    ]);
    expect(codesOf(imported)).toEqual(['document_repeated']);
  });

  it('are summarised by tagger, both spans and numbers', async () => {
    const rows = [
      '{"id":"1","attributes":{"e__t__f":[[0,1,0.5],[2,3,1]],"__proto__":3}}',
      '{"id":"2","attributes":{"e__t__f":[]}}',
    ];
    const imported = await importOf(dolma, { 'attributes/e/0.jsonl': rows.join('\n') });
    const found = factsOf(imported, 'corpus.attribute.measured').map(({ attribute, values }) => [
      attribute,
      ...values.map(({ value }) => value),
    ]);
    expect(found).toEqual([
      ['e__t__f', 1, 2, 0.75, 0.5, 1],
      ['__proto__', 1, 1, 3, 3, 3],
    ]);
  });
});

describe('malformed configurations', () => {
  it('lose only a broken stream', async () => {
    const text = 'streams:\n- {name: a, documents: [b], output: {path: c}}\n- {name: broken}\n- 7\n';
    const imported = await importOf(dolma, { 'm.yaml': text });
    expect(factsOf(imported, 'corpus.step.completed')).toHaveLength(1);
    expect(imported.rejected.map(({ pointer }) => pointer)).toEqual(['/streams/1', '/streams/2']);
  });

  it('can contain circular aliases', async () => {
    const text = 'x: &x {me: *x}\nstreams:\n- {documents: [b], output: {path: c}, filter: *x}\n';
    expect((await importOf(dolma, { 'm.yaml': text })).events).toHaveLength(1);
  });

  it('are not token rows just because they have five numbers', async () => {
    expect((await importOf(dolma, { 'x.csv': '1,2,3,4,5\n2,3,4,5,6\n' })).events).toEqual([]);
  });
});

it('redacts a secret in an address', async () => {
  const text = 'streams:\n- {documents: ["https://me:sesame1@a.org/x"], output: {path: c}}\n';
  const imported = await importOf(dolma, { 'm.yaml': text });
  expect(JSON.stringify(imported.events)).not.toContain('sesame1');
  expect(factsOf(imported, 'corpus.step.completed')).toMatchObject([{ redacted: true }]);
});

describe('documents in gzip that hold more than one text may', () => {
  const row = (id: number): string =>
    JSON.stringify({ id: `${id}`, source: 'web', text: ' '.repeat(1024 * 1024) });

  it('are read line by line', async () => {
    const text = Array.from({ length: 66 }, (_, id) => row(id)).join('\n');
    const imported = await importOf(dolma, { 'documents/a/0.jsonl.gz': gzipSync(text, { level: 9 }) });
    expect(imported.rejected).toEqual([]);
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([{ documents: { value: 66 } }]);
  });

  it('have no facts where the gzip is broken within', async () => {
    const words = (id: number): string => `${(id * 7_919) % 10_007} `.repeat(20 + (id % 7));
    const lines = Array.from({ length: 5_000 }, (_, id) =>
      JSON.stringify({ id: `${id}`, source: 'web', text: words(id) }),
    );
    const broken = Buffer.from(gzipSync(lines.join('\n')));
    /* The checksum of the content, after its last row. */
    broken.writeUInt32LE(0, broken.length - 8);
    const imported = await importOf(dolma, { 'documents/a/0.jsonl.gz': broken });
    expect(imported.events).toEqual([]);
    expect(imported.rejected).toEqual([
      {
        source: 'documents/a/0.jsonl.gz',
        pointer: '',
        reason: expect.stringContaining('its gzip is broken'),
      },
    ]);
  });
});
