import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { conditionsOf } from './readiness.ts';

const reader = (fault?: Fault): SqlReader => ({
  all: () => (fault ? Promise.reject(fault) : Promise.resolve([])),
});
const fault = (text: string) => new Fault('unreachable', text, { retryable: true });
const recorded = { conditions: () => [] };
const blobs = { conditions: () => [] };
const nothing = () => undefined;
const works = { fault: nothing, stuck: nothing, dead: nothing, overdue: nothing, recorded, blobs };

it('has no condition where every part works, or none is needed', async () => {
  expect(await conditionsOf({ engine: { reader: reader() }, events: works, tables: works })()).toEqual([]);
  expect(await conditionsOf({})()).toEqual([]);
});

it('names each part that does not work, with its fault', async () => {
  const conditions = conditionsOf({
    engine: { reader: reader(fault('connection refused')) },
    events: {
      fault: () => fault('no broker'),
      stuck: () => fault('partition 1 is silent'),
      dead: () => fault('disk broken'),
      overdue: () => fault('disk silent'),
      recorded,
      blobs,
    },
    deadLetters: { fault: () => fault('no leader'), dead: () => fault('flush failed') },
    tables: { fault: () => fault('no group') },
  });
  expect(await conditions()).toEqual([
    { code: 'clickhouse_unavailable', detail: 'ClickHouse does not answer: connection refused' },
    { code: 'kafka_unavailable', detail: 'the log cannot be followed: no broker' },
    { code: 'partition_unavailable', detail: 'facts of some streams are refused: partition 1 is silent' },
    { code: 'replica_stopped', detail: 'the local copy of the log cannot be written: disk broken' },
    { code: 'log_overdue', detail: 'the local copy of the log is not written at present: disk silent' },
    { code: 'dead_letters_unavailable', detail: 'the dead letters cannot be followed: no leader' },
    {
      code: 'dead_letters_stopped',
      detail: 'the local copy of the dead letters cannot be written: flush failed',
    },
    { code: 'tables_unknown', detail: 'the position of the tables is unknown: no group' },
  ]);
});

it('checks anew at each call', async () => {
  const state: { fault: Fault | undefined } = { fault: fault('away') };
  const conditions = conditionsOf({ events: { ...works, fault: () => state.fault } });
  expect(await conditions()).toHaveLength(1);
  state.fault = undefined;
  expect(await conditions()).toEqual([]);
});
