import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbLog } from '@tributary/event-log';
import type { NewEvent } from '@tributary/event-log';
import { START, systemClock } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonTokens, textOf } from './json-tokens.ts';
import { listedSpans } from './listed-secrets.ts';
import { builtInRedactor, listedRedactor } from './redactor.ts';
import type { Redactor } from './redactor.ts';
import { rewriteLog } from './rewrite-log.ts';

/** One of each kind: of a known form, with characters that are escaped, and of digits. */
const FORM = `hf_${'aB3'.repeat(8)}`;
const LISTED = ['zx"9\\é𝒳\n', '90817263'] as const;

/** A text as some writer of JSON writes it. */
const written = (text: string, style: number): string => {
  const plain = JSON.stringify(text);
  if (style === 0) return plain;
  const unit = (sent: string) => `\\u${sent.charCodeAt(0).toString(16).padStart(4, '0')}`;
  if (style === 1) return `"${[...Array(text.length).keys()].map((at) => unit(text[at] ?? '')).join('')}"`;
  return plain
    .replaceAll('/', '\\/')
    .replaceAll(/[^ -~]/g, (sent) =>
      [...Array(sent.length).keys()].map((at) => unit(sent[at] ?? '')).join(''),
    );
};

const style = fc.integer({ min: 0, max: 2 });
const planted = fc.constantFrom(FORM, ...LISTED);
const harmless = fc.oneof(
  fc.string({ maxLength: 6, unit: 'grapheme' }).filter((one) => one.isWellFormed()),
  fc.constantFrom('\u0000number 1', 'é/𝒳', '\\', '"', 'a b', 'name', 'value', '-1e5'),
);
const text = fc
  .oneof(
    harmless,
    fc.tuple(harmless, planted, harmless).map(([before, secret, after]) => `${before} ${secret} ${after}`),
  )
  .chain((one) => style.map((how) => written(one, how)));
const number = fc.constantFrom(
  '0',
  '-0',
  '1.0',
  '1e400',
  '123456789012345678901234567890.10',
  '90817263',
  '-1.90817263e2',
);
const space = fc.constantFrom('', '', ' ', '\n\t');

const json = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    number,
    fc.constantFrom('true', 'null'),
    fc
      .tuple(space, fc.array(tie('value'), { maxLength: 4 }))
      .map(([gap, all]) => `[${gap}${all.join(`,${gap}`)}]`),
    fc
      .tuple(space, fc.array(fc.tuple(fc.oneof(text, fc.constant('"same"')), tie('value')), { maxLength: 4 }))
      .map(([gap, all]) => `{${all.map(([name, value]) => `${name}${gap}:${value}`).join(`${gap},`)}}`),
  ),
})).value;

const event = (data: string, index: number): NewEvent => ({
  source: 'urn:test',
  id: `e${index}`,
  type: 'lineage.run.observed',
  stream: `s${index % 2}`,
  bytes: Buffer.from(
    `{"data":{"id":"e${index}","event":${data}},"id":"e${index}","source":"urn:test","specversion":"1.0","type":"lineage.run.observed"}`,
  ),
});

const noBlobs = {
  read: () => Promise.resolve(undefined),
  put: () => Promise.reject(new Error('no data of an event is that long')),
};

const eventsIn = async (directory: string) => {
  const log = await openLmdbLog({ directory, clock: systemClock });
  const events = await log.read({ after: START, limit: 1_000, maxBytes: 1e9 });
  const { ok } = await log.verify();
  await log.close();
  return { events, ok };
};

const hasSecret = (token: string, secrets: readonly string[]): boolean => {
  const read = token[0] === '"' ? textOf(token) : token;
  const spans = listedSpans(secrets);
  return spans(read).length + spans(token).length > 0;
};

/** Every token as it was where it had no secret. */
function expectSame(before: string, after: string, secrets: readonly string[]): void {
  const left = [...jsonTokens(after)].map(({ kind, start, end }) => ({
    kind,
    token: after.slice(start, end),
  }));
  const had = [...jsonTokens(before)].map(({ kind, start, end }) => ({
    kind,
    token: before.slice(start, end),
  }));
  expect(left).toHaveLength(had.length);
  expect(left.filter((_, index) => !hasSecret(had[index]?.token ?? '', secrets))).toEqual(
    had.filter(({ token }) => !hasSecret(token, secrets)),
  );
}

it.each([
  ['listed', [...LISTED], () => listedRedactor(LISTED)],
  ['of a known form', [FORM], builtInRedactor],
] as [string, string[], () => Redactor][])(
  'secrets that are %s are gone, and nothing else',
  async (_name, secrets, redactor) => {
    await fc.assert(
      fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 12 }), async (all) => {
        const root = mkdtempSync(join(tmpdir(), 'tributary-scrub-law-'));
        try {
          const log = await openLmdbLog({ directory: join(root, 'old'), clock: systemClock });
          await log.append(all.map(event), { atomic: true });
          const to = join(root, 'new');
          await rewriteLog({ log, to, blobs: noBlobs, redactor: redactor(), step: () => undefined });
          await log.close();
          const [before, after] = [await eventsIn(join(root, 'old')), await eventsIn(to)];
          const identity = ({ events }: typeof before) =>
            events.map(({ bytes: _bytes, hash: _hash, ...rest }) => rest);
          expect(identity(after)).toEqual(identity(before));
          expect(after.ok).toBe(true);
          for (const [index, { bytes }] of after.events.entries()) {
            const left = Buffer.from(bytes).toString();
            expect(listedSpans(secrets)(left)).toEqual([]);
            expect(secrets.filter((secret) => left.includes(secret))).toEqual([]);
            expectSame(Buffer.from(before.events[index]?.bytes ?? []).toString(), left, secrets);
            expect(JSON.parse(left)).toMatchObject({ id: `e${index}` });
          }
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      }),
      { seed: 81, numRuns: 25 },
    );
  },
);
