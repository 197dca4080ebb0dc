import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFact } from '@tributary/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-tag-search-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function tributary(...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['node', 'tributary', ...words], {
    print: (text: string) => void out.push(text),
    report: (text: string) => void err.push(text),
    interactive: false,
    directory: join(folder, 'never'),
    environment: {},
    onSignal: () => undefined,
    exitNow: () => undefined,
  });
  return { code, out: out.join(''), err: err.join('') };
}

describe('a search for the items of a benchmark', () => {
  const items = join(folder, 'items.jsonl');
  const words = (first: number) => Array.from({ length: 20 }, (_, at) => `word${first + at}`).join(' ');
  const item = (id: string, first: number) => JSON.stringify({ id, question: words(first) });
  writeFileSync(
    items,
    [item('one', 0), item('two', 100), JSON.stringify({ id: 'short', question: 'two?' })].join('\n'),
  );
  const corpus = (name: string, ...lines: readonly string[]): string => {
    writeFileSync(join(folder, name), lines.join('\n'));
    return join(folder, name);
  };
  const document = (text: string) => JSON.stringify({ text });
  const searchedOf = async (path: string, ...more: readonly string[]) => {
    const facts = `${path}.facts`;
    const asked = ['--attribute', 'contamination', '--against', items, '--shard', 's', '--facts', facts];
    const { code } = await tributary('tag', path, ...asked, ...more);
    expect([0, 3]).toContain(code);
    const events = readFileSync(facts, 'utf8').trim().split('\n');
    return events
      .map((line): { id: string; type: string; data: object } => JSON.parse(line))
      .filter(({ type }) => type === 'corpus.contamination.found');
  };

  it('is recorded with what it found, and only where the benchmark is named', async () => {
    const path = corpus('leaky.jsonl', document('nothing'), document(`so ${words(0)} and on`));
    const [search] = await searchedOf(path, '--benchmark', 'sums', '--benchmark-version', '2');
    expect(search?.data).toEqual({
      benchmark: 'sums',
      benchmarkVersion: '2',
      itemsDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      shardId: 's',
      digest: { algorithm: 'sha256', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
      search: { kind: 'ngram', n: 13, of: 'words', field: 'text' },
      instrument: { name: 'word-ngrams', version: expect.stringContaining('n 13') },
      method: 'measured',
      scope: 'whole',
      itemsCompared: 2,
      itemsSkipped: 1,
      itemsMatched: 1,
      matchedItems: [{ itemId: 'one', share: 1 }],
      documentsCompared: 2,
      documentsMatched: 1,
      matchedDocuments: ['row 1'],
    });
    expect(checkFact('corpus.contamination.found', search?.data ?? {})).toBeUndefined();
    expect(await searchedOf(path)).toEqual([]);
    const again = await searchedOf(path, '--benchmark', 'sums', '--benchmark-version', '2');
    const other = await searchedOf(path, '--benchmark', 'sums', '--benchmark-version', '3');
    expect([again[0]?.id === search?.id, other[0]?.id === search?.id]).toEqual([true, false]);
  });

  it('names the fields of the items that it looked for, and other texts of the items are another set', async () => {
    const path = corpus('question.jsonl', document('nothing'));
    const [all] = await searchedOf(path, '--benchmark', 'sums');
    const [asked] = await searchedOf(path, '--benchmark', 'sums', '--against-field', 'question');
    expect(all?.data).not.toHaveProperty('itemFields');
    expect(asked?.data).toMatchObject({ itemFields: ['question'] });
    expect(checkFact('corpus.contamination.found', asked?.data ?? {})).toBeUndefined();
    const digests = [all, asked].map((one) => one?.data && 'itemsDigest' in one.data && one.data.itemsDigest);
    expect(new Set(digests).size).toBe(2);
  });

  it('that found nothing is recorded too', async () => {
    const path = corpus('clean.jsonl', document('nothing of it'));
    const [search] = await searchedOf(path, '--benchmark', 'sums');
    expect(search?.data).toMatchObject({
      scope: 'whole',
      itemsMatched: 0,
      matchedItems: [],
      documentsMatched: 0,
    });
  });

  it('of a sample, or of a file of which a row could not be read, is not one of the whole shard', async () => {
    const path = corpus('more.jsonl', document('a'), document('b'), document('c'));
    const [sample] = await searchedOf(path, '--benchmark', 'sums', '--sample', '2');
    expect(sample?.data).toMatchObject({ scope: 'part', method: 'sampled', documentsCompared: 2 });
    const [broken] = await searchedOf(
      corpus('broken.jsonl', document('a'), '{"text": '),
      '--benchmark',
      'sums',
    );
    expect(broken?.data).toMatchObject({ scope: 'part', documentsCompared: 1 });
    const [blank] = await searchedOf(
      corpus('blank.jsonl', document('a'), '', document('b')),
      '--benchmark',
      'sums',
    );
    expect(blank?.data).toMatchObject({ scope: 'whole', documentsCompared: 2 });
  });

  it.each([
    { question: 'instruction', searched: 'output' },
    { question: 'problem', searched: 'solution' },
    { question: 'prompt', searched: 'completion' },
    { question: 'query', searched: 'response' },
  ])(
    'of $searched, with text in $question, is one of a part, whoever names the field',
    async ({ question, searched }) => {
      const path = corpus(
        `${question}.jsonl`,
        JSON.stringify({ [question]: words(0), [searched]: 'twenty-one' }),
      );
      const asked = ['--benchmark', 'sums'];
      const [chosen] = await searchedOf(path, ...asked);
      const [named] = await searchedOf(path, ...asked, '--field', searched);
      for (const search of [chosen, named])
        expect(search?.data).toMatchObject({ scope: 'part', search: { field: searched }, itemsMatched: 0 });
      const [only] = await searchedOf(path, ...asked, '--field', searched, '--only-field');
      expect(only?.data).toMatchObject({ scope: 'whole', search: { field: searched }, itemsMatched: 0 });
      const [other] = await searchedOf(path, ...asked, '--field', question);
      expect(other?.data).toMatchObject({ scope: 'part', search: { field: question }, itemsMatched: 1 });
      expect(new Set([chosen, named, only, other].map((search) => search?.id)).size).toBe(4);
    },
  );

  it('of text beside lists or objects is one of a part, and beside numbers one of the whole', async () => {
    const nested = { text: 'plain', messages: [{ role: 'user', content: words(0) }] };
    const [part] = await searchedOf(corpus('nested.jsonl', JSON.stringify(nested)), '--benchmark', 'sums');
    expect(part?.data).toMatchObject({ scope: 'part', itemsMatched: 0 });
    const numbered = JSON.stringify({ text: 'plain', tokens: 3, kept: true });
    const [whole] = await searchedOf(corpus('numbered.jsonl', numbered), '--benchmark', 'sums');
    expect(whole?.data).toMatchObject({ scope: 'whole', itemsMatched: 0 });
  });

  it('is refused where --benchmark is of nothing', async () => {
    const path = corpus('any.jsonl', document('a'));
    const without = await tributary('tag', path, '--attribute', 'structure', '--benchmark', 'sums');
    expect([without.code, without.err]).toEqual([
      2,
      expect.stringContaining('that the items of --against are of'),
    ]);
    const version = ['--attribute', 'contamination', '--against', items, '--benchmark-version', '2'];
    expect(await tributary('tag', path, ...version)).toMatchObject({ code: 2 });
    const only = ['--attribute', 'contamination', '--against', items, '--only-field'];
    expect(await tributary('tag', path, ...only)).toMatchObject({ code: 2 });
  });
});
