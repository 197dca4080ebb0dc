import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'lmdb';
import { open } from 'lmdb';
import { formatEventPosition } from '@tributary/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunkBound, writeChunk } from './chunk-encoding.ts';
import { sumOfDigests } from './event-digest.fixture.ts';
import { DIGEST_RANGE } from './event-digest.ts';
import type { RecordedEvent } from './event-log.ts';
import { Chunk } from './chunk.ts';
import { ALL, anEvent } from './log-under-test.fixture.ts';
import { openLmdbLog } from './lmdb-log.ts';

type Entry = { readonly event: RecordedEvent; readonly previous: number };

function encodeChunk(entries: readonly Entry[]): Buffer {
  const events = entries.map(({ event }) => event);
  const target = Buffer.alloc(chunkBound(events));
  return target.subarray(
    0,
    writeChunk(target, 0, { events, previous: entries.map(({ previous }) => previous) }),
  );
}

type Part = Database<Buffer, Buffer>;
const EVENTS = 12;

let directory = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'event-log-'));
  const log = await openLmdbLog({ directory });
  const events = Array.from({ length: EVENTS }, (_, n) =>
    anEvent({
      id: n % 2 ? `text ${n}` : `01920000-0000-7000-8000-00000000000${n.toString(16)}`,
      stream: `run/${n % 2}`,
    }),
  );
  for (let n = 0; n < EVENTS; n += 3) await log.append(events.slice(n, n + 3), { atomic: true });
  await log.close();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function change(name: string, edit: (part: Part) => unknown): Promise<void> {
  const root = open<Buffer, Buffer>({
    path: directory,
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const part = root.openDB<Buffer, Buffer>(name, { encoding: 'binary', keyEncoding: 'binary' });
  root.transactionSync(() => edit(part));
  await root.close();
}

/** The fault of opening the log, or the result of verifying it. */
async function verdict(): Promise<string> {
  try {
    const log = await openLmdbLog({ directory });
    const verification = await log.verify();
    await log.close();
    return verification.ok ? 'ok' : verification.divergence;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const entriesOf = (part: Part): { key: Buffer; value: Buffer }[] =>
  [...part.getRange()].map(({ key, value }) => ({ key: Buffer.from(key), value: Buffer.from(value) }));

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
};

const forge = (edit: (entry: Entry) => Entry) =>
  change('events', (part) => {
    const { key, value } = entriesOf(part)[1] ?? { key: Buffer.alloc(0), value: Buffer.alloc(0) };
    const chunk = new Chunk(value);
    const entries = [chunk.first, chunk.first + 1, chunk.last].map((at) => ({
      event: chunk.event(at),
      previous: chunk.previous(at),
    }));
    void part.put(key, encodeChunk(entries.map((entry, index) => (index === 1 ? edit(entry) : entry))));
  });

describe('verifying an LMDB log', () => {
  it('finds nothing in an intact log', async () => {
    expect(await verdict()).toBe('ok');
  });

  it.each(['events', 'ids', 'heads', 'sources'])(
    'finds a flip in any byte of any value of %s',
    async (name) => {
      let entries: { key: Buffer; value: Buffer }[] = [];
      await change(name, (part) => void (entries = entriesOf(part)));
      for (const { key, value } of entries.slice(0, 3)) {
        for (let at = 0; at < value.length; at += 1 + Math.floor(value.length / 60)) {
          await change(name, (part) => void part.put(key, flipped(value, at)));
          expect([name, at, await verdict()]).not.toEqual([name, at, 'ok']);
          await change(name, (part) => void part.put(key, value));
        }
      }
      expect(await verdict()).toBe('ok');
    },
  );

  it.each(['events', 'ids', 'heads', 'sources'])('finds a key of %s moved, lost or added', async (name) => {
    let entries: { key: Buffer; value: Buffer }[] = [];
    await change(name, (part) => void (entries = entriesOf(part)));
    for (const { key, value } of entries.slice(0, 3)) {
      for (let at = 0; at < key.length; at += 1) {
        await change(name, (part) => {
          part.removeSync(key);
          part.putSync(flipped(key, at), value);
        });
        expect([name, at, await verdict()]).not.toEqual([name, at, 'ok']);
        await change(name, (part) => {
          part.removeSync(flipped(key, at));
          part.putSync(key, value);
        });
      }
      await change(name, (part) => part.removeSync(key));
      expect(await verdict()).not.toBe('ok');
      await change(name, (part) => part.putSync(key, value));
    }
    expect(await verdict()).toBe('ok');
  });

  it('finds changed counts', async () => {
    await change(
      'meta',
      (part) => void part.put(Buffer.from('counts'), Buffer.from('{"training.steps.recorded":11,"x":1}')),
    );
    expect(await verdict()).toBe('count');
  });

  it.each<[string, (entry: Entry) => Entry, string]>([
    [
      'bytes',
      ({ event, ...rest }) => ({ ...rest, event: { ...event, bytes: Buffer.from('forged') } }),
      'hash',
    ],
    ['hash', ({ event, ...rest }) => ({ ...rest, event: { ...event, hash: 'ab'.repeat(32) } }), 'hash'],
    ['sequence', ({ event, ...rest }) => ({ ...rest, event: { ...event, streamSequence: 9 } }), 'sequence'],
    ['back pointer', (entry) => ({ ...entry, previous: 1 + entry.previous }), 'sequence'],
    ['stream', ({ event, ...rest }) => ({ ...rest, event: { ...event, stream: 'run/9' } }), 'sequence'],
    ['id', ({ event, ...rest }) => ({ ...rest, event: { ...event, id: 'text 1' } }), 'id'],
    ['source', ({ event, ...rest }) => ({ ...rest, event: { ...event, source: 'forger' } }), 'id'],
    ['type', ({ event, ...rest }) => ({ ...rest, event: { ...event, type: 'forged' } }), 'count'],
    ['record time', ({ event, ...rest }) => ({ ...rest, event: { ...event, recordTime: 1 } }), 'time'],
  ])('finds a forged %s whose checksum was made anew', async (_, edit, divergence) => {
    await forge(edit);
    expect(await verdict()).toBe(divergence);
  });
});

describe('the digests of an LMDB log', () => {
  const END = Buffer.from('digest');
  const eventsFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, n) => anEvent({ id: `more ${first + n}`, text: `${first + n}` }));
  const digests = async (positions: readonly number[]): Promise<bigint[]> => {
    const log = await openLmdbLog({ directory });
    const sums = await Promise.all(positions.map((position) => log.digestAt(formatEventPosition(position))));
    await log.close();
    return sums;
  };

  it('are made for a log of an earlier version, and for what an earlier version has appended', async () => {
    let early: Buffer = Buffer.alloc(0);
    await change('meta', (part) => void (early = Buffer.from(part.get(END) ?? early)));
    const log = await openLmdbLog({ directory });
    await log.append(eventsFrom(0, DIGEST_RANGE + 9), { atomic: true });
    const events = await log.read({ ...ALL, limit: 2 * DIGEST_RANGE });
    await log.close();
    const positions = [5, DIGEST_RANGE - 2, DIGEST_RANGE - 1, DIGEST_RANGE, DIGEST_RANGE + 11, events.length];
    const sums = positions.map((position) => sumOfDigests(events.slice(0, position)));
    expect(await digests(positions)).toEqual(sums);
    const kept: Buffer[] = [];
    await change('meta', (part) => {
      for (const { key } of entriesOf(part))
        if (key.indexOf(END) === 0 && key.length > END.length) kept.push(key);
      for (const key of kept) part.removeSync(key);
      part.putSync(END, early);
    });
    expect(await digests(positions)).toEqual(sums);
    await change('meta', (part) => part.removeSync(END));
    expect(await digests(positions)).toEqual(sums);
    expect(await verdict()).toBe('ok');
    await change('meta', (part) =>
      part.putSync(kept[0] ?? END, flipped(part.get(kept[0] ?? END) ?? early, 9)),
    );
    expect(await verdict()).toBe('digest');
  });
});

describe('opening an LMDB log', () => {
  it('refuses a log without its last events', async () => {
    await change('events', (part) => part.removeSync(entriesOf(part).at(-1)?.key ?? Buffer.alloc(0)));
    expect(await verdict()).toBe('log_damaged');
  });

  it('refuses to serve damaged bytes', async () => {
    await forge(({ event, ...rest }) => ({ ...rest, event: { ...event, bytes: Buffer.from('forged') } }));
    const log = await openLmdbLog({ directory });
    await expect(log.find('trainer', '01920000-0000-7000-8000-000000000004')).rejects.toMatchObject({
      code: 'log_damaged',
    });
    await log.close();
  });

  it('refuses an unknown format', async () => {
    await change('meta', (part) => void part.put(Buffer.from('format'), Buffer.from('2')));
    expect(await verdict()).toBe('log_format_unknown');
  });

  it('refuses a second writer until the first has closed', async () => {
    const first = await openLmdbLog({ directory });
    await expect(openLmdbLog({ directory })).rejects.toMatchObject({ code: 'log_locked', retryable: false });
    await first.close();
    expect(await verdict()).toBe('ok');
  });

  it('notes no folder of a writer whose lock did not hold off another one', async () => {
    const first = await openLmdbLog({ directory });
    rmSync(join(directory, 'writer.lock'));
    const second = await openLmdbLog({ directory });
    await Promise.all([second.folders.add('blobs'), second.folders.add('others')]);
    await second.folders.forget('others');
    await expect(first.folders.add('lost')).rejects.toMatchObject({ code: 'log_taken' });
    await Promise.all([first.close(), second.close()]);
    const again = await openLmdbLog({ directory });
    expect(['blobs', 'others', 'lost'].map((name) => again.folders.knows(name))).toEqual([
      true,
      false,
      false,
    ]);
    await again.close();
  });

  it('stores nothing of a writer whose lock did not hold off another one', async () => {
    const first = await openLmdbLog({ directory });
    rmSync(join(directory, 'writer.lock'));
    const second = await openLmdbLog({ directory });
    const position = second.head();
    const kept = await second.append([anEvent({ id: 'kept' })], { atomic: false });
    expect(kept).toMatchObject({ ok: true, stored: 1 });
    for (const write of [
      () => first.append([anEvent({ id: 'lost' })], { atomic: false }),
      () => first.cursors.set('tables', { position }),
    ])
      await expect(write()).rejects.toMatchObject({ code: 'log_taken', retryable: false });
    await first.close();
    expect(second.cursors.get('tables')).toBeUndefined();
    expect(await second.verify()).toMatchObject({ ok: true, events: EVENTS + 1 });
    await second.close();
    expect(await verdict()).toBe('ok');
  });
});
