import { Fault } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';
import { expect, it } from 'vitest';
import { conditionsOf } from './conditions.ts';
import { RetriedWork } from './retried-work.ts';

type Parts = Parameters<typeof conditionsOf>[0];

const nothing = (): undefined => undefined;
const none = { conditions: () => [] };
const works: Parts = {
  log: { fault: nothing, overdue: nothing, replaced: nothing },
  deadLetters: { fault: nothing, overdue: nothing, replaced: nothing },
  blobs: { overdue: nothing },
  projector: { fault: nothing, shortfall: nothing, findings: () => [] },
  work: { fault: nothing },
  disk: none,
  recorded: none,
};
const codes = (parts: Partial<Parts>): string[] =>
  conditionsOf({ ...works, ...parts }).map(({ code }) => code);

it('has none where every part works', () => {
  expect(codes({})).toEqual([]);
});

it('says that the log confirms nothing while its flush is overdue, and not that it has stopped', () => {
  const overdue = new Fault('log_overdue', 'a write has not ended for 31 s', { retryable: true });
  expect(conditionsOf({ ...works, log: { ...works.log, overdue: () => overdue } })).toEqual([
    { code: 'log_overdue', detail: 'no fact is confirmed at present: a write has not ended for 31 s' },
  ]);
});

it.each(['insert', 'other work'])(
  'says that the tables wait while the %s of a batch is overdue, until it ends',
  async (what) => {
    let elapsed = 0;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const work = new RetriedWork(nothing, () => elapsed);
    work.begin();
    const hanging: Sink<string> = {
      openBlock: () => Promise.reject(new Error('not asked for')),
      insert: () => ended,
      empty: () => ended,
    };
    const working =
      what === 'insert' ? work.sink(hanging).insert({ token: 't', block: 'b' }) : work.run(() => ended);
    expect(codes({ work })).toEqual([]);
    elapsed += 31_000;
    expect(codes({ work })).toEqual(['tables_waiting']);
    end();
    await working;
    expect(codes({ work })).toEqual([]);
  },
);
