import { eventPosition, formatEventPosition } from '@tributary/kernel';
import type { Cursor, Cursors, RecordFormat, TopicRecord } from '@tributary/event-log';
import type { SpanOptions, Tracing } from '@tributary/telemetry';
import { expect, it } from 'vitest';
import { batchTraces, tracedCursors } from './traced-cursors.ts';

const PARTITION = 2;
const at = (number: number) => formatEventPosition(eventPosition(PARTITION, number));
const trace = (digit: number): string => `00-${String(digit).repeat(32)}-${String(digit).repeat(16)}-01`;

const format: RecordFormat<string> = {
  write: () => ({ key: Buffer.from('k'), value: Buffer.from('v'), headers: [] }),
  read: () => ({ ok: false, refusal: 'nothing' }),
};
const recordAt = (offset: number): TopicRecord => ({
  partition: PARTITION,
  offset,
  key: null,
  value: null,
  headers: [['traceparent', Buffer.from(trace(offset + 1))]],
  timestamp: 0,
});

type Seen = { readonly options: SpanOptions; ended: boolean };

function watched(on = true) {
  const spans: Seen[] = [];
  const tracing: Tracing = {
    on,
    async span(_name, options, work) {
      const seen: Seen = { options, ended: false };
      spans.push(seen);
      const outcome = await work({ traceparent: undefined, set: () => undefined });
      seen.ended = true;
      return outcome;
    },
    traceparent: () => undefined,
    close: () => Promise.resolve(true),
  };
  const kept = new Map<string, Cursor>();
  let isLost = false;
  const cursors: Cursors = {
    get: (name) => kept.get(name),
    set: (name, cursor) =>
      isLost ? Promise.reject(new Error('lost')) : Promise.resolve(void kept.set(name, cursor)),
  };
  const traces = batchTraces(tracing).of(PARTITION);
  return { spans, traces, cursors: tracedCursors(cursors, traces), lose: () => (isLost = true) };
}

const planned = (from: number, to: number): Cursor => ({
  position: at(from),
  planned: { from: at(from), to: at(to), token: 't' },
});
const done = (from: number, to: number): Cursor => ({ ...planned(from, to), position: at(to) });

it('has a span from the plan of a batch until it is in the tables, with links to the traces of its events only', async () => {
  const { spans, traces, cursors } = watched();
  const noting = traces.observe(format);
  for (const offset of [0, 1, 2]) await noting.read(recordAt(offset));
  await cursors.set('tables', planned(0, 2));
  expect(spans).toMatchObject([
    {
      ended: false,
      options: {
        kind: 'consumer',
        links: [trace(1), trace(2)],
        attributes: { partition: PARTITION, from: '2:0', to: '2:2' },
      },
    },
  ]);
  await cursors.set('tables', done(0, 2));
  await expect.poll(() => spans[0]?.ended).toBe(true);
  await cursors.set('tables', planned(2, 3));
  expect(spans[1]?.options.links).toEqual([trace(3)]);
  expect(cursors.get('tables')).toEqual(planned(2, 3));
});

it('keeps the span open while another cursor is set', async () => {
  const { spans, cursors } = watched();
  await cursors.set('tables', planned(0, 2));
  await cursors.set('misfits', done(2, 2));
  await new Promise(setImmediate);
  expect(spans.map(({ ended }) => ended)).toEqual([false]);
});

it('has no span for a plan that was not saved', async () => {
  const { spans, cursors, lose } = watched();
  lose();
  await expect(cursors.set('tables', planned(0, 2))).rejects.toThrow('lost');
  expect(spans).toEqual([]);
});

it('keeps no traces where tracing is off', async () => {
  const { spans, traces, cursors } = watched(false);
  await traces.observe(format).read(recordAt(0));
  await cursors.set('tables', planned(0, 1));
  expect(spans[0]?.options.links).toEqual([]);
});
