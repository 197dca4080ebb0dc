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
