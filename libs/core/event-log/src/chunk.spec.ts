import { expect, it } from 'vitest';
import { eventPosition, formatEventPosition } from '@tributary/kernel';
import { chunkBound, writeChunk } from './chunk-encoding.ts';
import { Chunk } from './chunk.ts';
import type { RecordedEvent } from './event-log.ts';
import { sha256 } from './append-request.ts';

type Entry = { readonly event: RecordedEvent; readonly previous: number };

function encodeChunk(entries: readonly Entry[]): Buffer {
  const events = entries.map(({ event }) => event);
  const target = Buffer.alloc(chunkBound(events));
  return target.subarray(
    0,
    writeChunk(target, 0, { events, previous: entries.map(({ previous }) => previous) }),
  );
}

const entries = ['01920000-0000-7000-8000-000000000001', 'é', ''].map((id, index) => {
  const bytes = Buffer.from(`{"id":"${id}"}`);
  const event = {
    source: 'a',
    id,
    type: 't',
    stream: `s/${index % 2}`,
    bytes,
    position: formatEventPosition(eventPosition(1, index)),
    streamSequence: index + 1,
    recordTime: 1_764_000_000_000_000 + index,
    hash: sha256(bytes),
  };
  return { event, previous: index };
});

const decoded = (value: Buffer) => {
  const chunk = new Chunk(value);
  return entries.map((_, index) => ({
    event: chunk.event(chunk.first + index),
    previous: chunk.previous(chunk.first + index),
  }));
};

it('returns the events that were encoded', () => {
  expect(decoded(encodeChunk(entries))).toEqual(entries);
});

it('detects a flip of any single bit', () => {
  const value = encodeChunk(entries);
  for (let bit = 0; bit < value.length * 8; bit += 1) {
    const flipped = Buffer.from(value);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => decoded(flipped), `bit ${bit}`).toThrow(expect.objectContaining({ code: 'log_damaged' }));
  }
});

it('detects truncation at any length', () => {
  const value = encodeChunk(entries);
  for (let length = 0; length < value.length; length += 1) {
    expect(() => decoded(value.subarray(0, length)), `${length} bytes`).toThrow(
      expect.objectContaining({ code: 'log_damaged' }),
    );
  }
});
