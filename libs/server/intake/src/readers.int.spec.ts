import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { memoryBlobs } from '@tributary/blobs';
import { capture } from '@tributary/capture';
import type { Captured, Readers } from '@tributary/capture';
import { memoryLog } from '@tributary/event-log';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openReaders } from './readers.ts';

/** Threads load compiled modules, and the modules of this test are sources. */
const compiled = (module: string): string => module.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
const isBuilt = existsSync(join(import.meta.dirname, '../../../core/capture/dist/read-events.js'));

const NOW = Date.UTC(2026, 10, 24, 12) * 1000;
const clock = () => NOW;

const anEvent = fc.record({
  id: fc.integer({ min: 0, max: 12 }).map(String),
  data: fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .constantFrom(1, 2)
        .map((lastStep) => ({ runId: 'r', attempt: 1, status: 'completed', lastStep })),
    },
    fc.record({ runId: fc.string({ minLength: 1 }), attempt: fc.integer(), status: fc.string() }),
    fc.jsonValue(),
  ),
  type: fc.oneof(
    { weight: 9, arbitrary: fc.constant('training.run.ended') },
    fc.constantFrom('training.run.dreamt', 'mixture.plan.decided', ''),
  ),
  more: fc.constantFrom(
    {},
    {},
    {},
    { time: '2031-01-01T00:00:00Z' },
    { datadigest: `sha256:${'a'.repeat(64)}`, dataref: `urn:sha256:${'a'.repeat(64)}` },
    { corrects: '1' },
  ),
});

/** A line of a body: an event, a part of one, or no JSON at all. */
const line = fc.oneof(
  {
    weight: 40,
    arbitrary: anEvent.map(({ more, ...one }) =>
      JSON.stringify({ specversion: '1.0', source: 'urn:test', ...one, ...more }),
    ),
  },
  fc.string().map((text) => text.replaceAll(/[\n\r]/g, ' ')),
  fc.constant('{"id":"1","id":"2"}'),
);

/** Valid events of few ids, so that some of them contradict each other. */
const valid = fc
  .record({ id: fc.constantFrom('1', '2', '3'), lastStep: fc.constantFrom(1, 2) })
  .map(({ id, lastStep }) => {
    const data = { runId: 'r', attempt: 1, status: 'completed', lastStep };
    return JSON.stringify({ specversion: '1.0', source: 'urn:test', type: 'training.run.ended', id, data });
  });

const bodies = fc.oneof(
  fc.array(line, { minLength: 1, maxLength: 30 }),
  fc.array(valid, { minLength: 1, maxLength: 4 }),
);

/** Blanks after which a body is long. */
const LONG = `${' '.repeat(300_000)}\n`;

const modes = fc.constantFrom<AnyMode>('ndjson', 'batch', 'structured', 'binary');

type AnyMode = 'ndjson' | 'batch' | 'structured' | 'binary';

const requestOf = (mode: AnyMode, lines: readonly string[], isCut: boolean) => {
  const text = mode === 'batch' ? `[${lines.join(',')}${isCut ? '' : ']'}` : (lines[0] ?? '');
  const body = Buffer.from(mode === 'ndjson' ? lines.join('\n') + LONG : text + LONG);
  if (mode !== 'binary') return { mode, body };
  const attributes = ['specversion', 'id', 'source', 'type'].map(
    (name, at) => [name, { text: ['1.0', '7', 'urn:test', 'training.run.ended'][at] ?? '' }] as const,
  );
  return { mode, body, attributes, contentType: 'application/json' };
};

/** An answer with the digests of long bytes, which take long to compare. */
const digested = (captured: Captured): unknown =>
  'refused' in captured
    ? {
        ...captured,
        refused: captured.refused.map(({ bytes, ...one }) => ({ ...one, bytes: hash('sha256', bytes) })),
      }
    : captured;

describe.skipIf(!isBuilt)('a long body (needs a build)', () => {
  const readers = openReaders({ requestTimeout: 15_000, threads: 1 });
  afterAll(() => readers.close());
  const inThread: Readers = {
    read: (reading, input) => readers.read({ ...reading, module: compiled(reading.module) }, input),
  };

  it('gets the same answer from a thread, and leaves the same facts, dead letters and blobs', async () => {
    let read = 0;
    const counted: Readers = { read: (...given) => ((read += 1), inThread.read(...given)) };
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(modes, bodies, fc.boolean(), fc.boolean(), async (mode, lines, isCut, atomic) => {
        const request = { ...requestOf(mode, lines, isCut), atomic };
        const [here, there] = [undefined, counted].map((given) => ({
          log: memoryLog({ clock }),
          blobs: memoryBlobs(),
          readers: given,
        }));
        if (!here || !there) throw new RangeError('two stores');
        const direct = await capture(here, clock, request);
        outcomes.add(direct.outcome);
        expect(digested(await capture(there, clock, request))).toEqual(digested(direct));
        /* Sent again, all of it is known, or is refused for the same reasons. */
        expect(digested(await capture(there, clock, request))).toEqual(
          digested(await capture(here, clock, request)),
        );
        const all = { after: '0' as never, limit: 1_000, maxBytes: 1e9 };
        const bytes = async (log: typeof here.log) =>
          (await log.read(all)).map(({ parsed: _parsed, ...event }) => ({
            ...event,
            bytes: Buffer.from(event.bytes).toString(),
          }));
        expect(await bytes(there.log)).toEqual(await bytes(here.log));
      }),
      { seed: 7, numRuns: 80 },
    );
    expect(read).toBeGreaterThan(60);
    expect([...outcomes].sort()).toEqual(['captured', 'conflict', 'not_a_batch', 'rejected']);
  });

  it('has its data in the same blob', async () => {
    const weights = Array.from({ length: 4_000 }, (_, at) => ({
      slice: `crawl/${'bucket-'.repeat(8)}${at}`,
      weight: at / 4,
    }));
    const data = {
      mixtureId: 'm',
      unit: 'unnormalised',
      phases: [{ name: 'all', fromStep: 0, weights }],
      rationale: 'Each bucket has its own weight.',
      decidedBy: 'data team',
    };
    const event = { specversion: '1.0', id: '1', source: 'urn:test', type: 'mixture.plan.decided', data };
    const request = { mode: 'structured', body: Buffer.from(JSON.stringify(event)), atomic: true } as const;
    expect(request.body.length).toBeGreaterThan(256 * 1024);
    const stores = [undefined, inThread].map((given) => ({
      log: memoryLog({ clock }),
      blobs: memoryBlobs(),
      readers: given,
    }));
    for (const store of stores) expect(await capture(store, clock, request)).toMatchObject({ stored: 1 });
    const [here, there] = await Promise.all(stores.map(({ log }) => log.find('urn:test', '1')));
    expect(Buffer.from(there?.bytes ?? [])).toEqual(Buffer.from(here?.bytes ?? []));
    const sha256 = /"datadigest":"sha256:(\w+)"/.exec(Buffer.from(here?.bytes ?? []).toString())?.[1] ?? '';
    for (const { blobs } of stores) expect(blobs.has(sha256)).toBe(true);
  });
});

describe('a thread', () => {
  const directory = mkdtempSync(join(tmpdir(), 'readers-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'reading.mjs');
  writeFileSync(
    file,
    `export const read = (what) => {
  while (what === 'hangs');
  const kept = [];
  while (what === 'grows') kept.push(Array(1_000).fill(kept.length));
  return { ok: true, output: what };
};`,
  );
  const reading = { module: pathToFileURL(file).href, name: 'read', read: () => ({ ok: true }) as never };

  it('law: is given what the reading would be given here', async () => {
    const readers = openReaders({ requestTimeout: 15_000, threads: 1 });
    const bytes = fc.uint8Array({ maxLength: 2_000 });
    /* A part of larger memory, as the bytes of a request may be. */
    const part = bytes.map((all) => Buffer.from(all).subarray(all.length >> 1));
    const value = fc.anything({ withMap: true, withSet: true, withTypedArray: true, withBigInt: true });
    const input = fc.oneof(
      bytes,
      part,
      fc.array(part),
      fc.dictionary(fc.string(), fc.oneof(part, value)),
      value,
    );
    try {
      await fc.assert(
        fc.asyncProperty(input, async (given) => {
          const { output } = (await readers.read(reading, given)) as { output: unknown };
          expect(output).toEqual(structuredClone(given));
        }),
        { numRuns: 300 },
      );
    } finally {
      await readers.close();
    }
  });

  it.each([
    ['hangs', { limit: 'requestTimeout', value: 2_000, key: 'TRIBUTARY_REQUEST_TIMEOUT_MS' }],
    ['grows', { limit: 'readerHeap', value: 32, key: 'TRIBUTARY_READER_HEAP_MIB' }],
  ])('that %s is replaced, and its request may be sent again', async (what, met) => {
    const readers = openReaders({ requestTimeout: 2_000, threads: 1, heap: 32 });
    try {
      const died = readers.read(reading, what);
      const next = readers.read(reading, 'next');
      await expect(died).rejects.toMatchObject({
        code: 'reader_failed',
        retryable: true,
        met,
        message: expect.stringContaining(`or set ${met.key} of the server`),
      });
      await next.catch(() => undefined);
      expect(await readers.read(reading, 'answers')).toEqual({ ok: true, output: 'answers' });
    } finally {
      await readers.close();
    }
  });

  it('is not given to a body whose client has left while it waited', async () => {
    const readers = openReaders({ requestTimeout: 5_000, threads: 1 });
    try {
      const first = readers.read(reading, 'first');
      const leaving = new AbortController();
      const waiting = readers.read(reading, 'hangs', leaving.signal);
      leaving.abort(new Error('has left'));
      await expect(waiting).rejects.toThrow('has left');
      await first;
      expect(await readers.read(reading, 'answers')).toEqual({ ok: true, output: 'answers' });
    } finally {
      await readers.close();
    }
  });
});
