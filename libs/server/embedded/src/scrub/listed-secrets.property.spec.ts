import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listedSpans, MOST_WRITTEN } from './listed-secrets.ts';

const unit = (sent: string): string => `\\u${sent.charCodeAt(0).toString(16).padStart(4, '0')}`;
const units = (text: string): string[] => [...Array(text.length).keys()].map((at) => text[at] ?? '');

/** How writers write a text: programs for JSON, for pages, for ASCII alone, for addresses and for forms. */
const WRITERS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[<>&'=]/g, unit),
  (text) =>
    units(JSON.stringify(text).slice(1, -1))
      .map((sent) => (/[ -~]/.test(sent) ? sent : unit(sent).toUpperCase().replace('U', 'u')))
      .join(''),
];
const ADDRESSES: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(text).replaceAll(/%../g, (one) => one.toLowerCase()),
  (text) => new URLSearchParams({ a: text }).toString().slice(2),
  (text) => encodeURIComponent(encodeURIComponent(text)),
];

const sign = fc.oneof(
  fc.constantFrom(...'ab1_-./\\\\\\"\'`&<>=+%?#@! ~$^*()[]{}|'.split(''), '\t', 'é', 'ß', '漢', '𝒳'),
  fc.string({ minLength: 1, maxLength: 2 }),
);
const secret = fc
  .array(sign, { minLength: 6, maxLength: 24 })
  .map((signs) => signs.join(''))
  .filter((text) => text.isWellFormed() && !/[\n\r]/.test(text));

it('finds a secret in an address within JSON within JSON, whoever writes them, and as bytes', () => {
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom(...ADDRESSES),
      fc.array(fc.constantFrom(...WRITERS), { maxLength: 3 }),
      fc.boolean(),
      (given, address, writers, asBytes) => {
        let text = `before ${address(given)} after`;
        for (const write of writers) text = write(text);
        if (asBytes) text = Buffer.from(text).toString('latin1');
        const [found] = listedSpans([given])(text);
        expect(found).toBeDefined();
        expect(text.slice(0, found?.start)).toMatch(/^before \\*$/);
        expect(text.slice(found?.end)).toMatch(/^\\* after$/);
        expect((found?.end ?? 0) - (found?.start ?? 0)).toBeLessThanOrEqual(MOST_WRITTEN * given.length);
      },
    ),
    { seed: 81, numRuns: 1_500 },
  );
});

/** Of these, one more beside a secret reads as the secret in a text that is one text deeper. */
const isAmbiguous = (edge: string | undefined, neighbour: string): boolean =>
  neighbour === '\\' && /[\\"'/]/.test(edge ?? '');
const depths: readonly ((text: string) => string)[] = [0, 1, 2, 3].map((depth) => (text) => {
  let left = text;
  for (let at = 0; at < depth; at += 1) left = JSON.stringify(left).slice(1, -1);
  return left;
});
const neighbour = fc.constantFrom('"', '\n', '\\', '\\\\n', 'a', ' ');
const edged = fc.oneof(
  secret,
  fc
    .tuple(
      fc.constantFrom('', '\\', '\\\\', '"', '\\"', "'", '/', '\\/', '\t', '\\\t'),
      fc.constantFrom('', '\\', '\\\\', '\\\\\\', '"', '\\"'),
    )
    .map(([first, last]) => `${first}hunter2${last}`),
);

it('leaves what is directly beside a secret', () => {
  fc.assert(
    fc.property(edged, neighbour, neighbour, fc.constantFrom(...depths), (given, before, after, write) => {
      fc.pre(!isAmbiguous(given[0], before.at(-1) ?? ''));
      fc.pre(!isAmbiguous(given.at(-1) === '\\' ? '\\' : '', after[0] ?? ''));
      const [left, right] = [write(`b ${before}`), write(`${after} a`)];
      const text = `${left}${write(given)}${right}`;
      /* As a word of its own, the secret begins anywhere. */
      fc.pre(text.indexOf(write(given)) === left.length);
      const [found] = listedSpans([given])(text);
      expect([text.slice(0, found?.start), text.slice(found?.end)]).toEqual([left, right]);
    }),
    { seed: 81, numRuns: 3_000 },
  );
});

it.each([
  ['hunter2\\', 'token hunter2\\\nnext', 'token *\nnext'],
  ['hunter2\\', '{"cmd":"hunter2\\\\\\"x"}', '{"cmd":"*\\"x"}'],
  ['"hunter2', 'a\\\\\\\\\\"hunter2', 'a\\\\\\\\*'],
  ['\thunter2', 'a\\\\\\thunter2', 'a\\\\*'],
])('of %j cuts no other character out of %j', (given, text, left) => {
  for (const write of depths.slice(0, 3)) {
    const written = write(text);
    const [found] = listedSpans([given])(written);
    expect(`${written.slice(0, found?.start)}*${written.slice(found?.end)}`).toBe(write(left));
  }
});

it('finds nothing where a character differs', () => {
  fc.assert(
    fc.property(secret, fc.nat(), fc.constantFrom(...WRITERS), (given, at, write) => {
      /* One backslash more or less is another depth of JSON in JSON. */
      const signs = units(given.replaceAll(/[Z\\]/g, 'a'));
      const changed = signs.with(at % signs.length, 'Z').join('');
      expect(listedSpans([signs.join('')])(write(`( ${changed} )`))).toEqual([]);
    }),
    { seed: 81, numRuns: 500 },
  );
});

it('reads a text that nearly is a secret in the time that its length takes', () => {
  for (const part of ['\\"', '\\&', '\\\\', '"', ' ', '\\\\é']) {
    const given = `${part.repeat(40)}x`;
    const text = `${JSON.stringify(JSON.stringify(part.repeat(40)))}y x`.repeat(20);
    const before = performance.now();
    expect(listedSpans([given])(text)).toEqual([]);
    expect([part, performance.now() - before < 2_000]).toEqual([part, true]);
  }
});
