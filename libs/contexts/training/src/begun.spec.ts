import type { Fact } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { begunOf, endOf, startOf } from './begun.ts';

const STAMP = { _position: 7, recorded_at: 5_000_000 };
const about = { runId: 'r', model: { name: 'lm' }, config: {}, seeds: {} };
const envelope = { id: '1', source: '/s' };
const started = (more: object): Fact<'training.run.started'> => ({
  ...envelope,
  type: 'training.run.started',
  data: { ...about, attempt: 1 },
  ...more,
});
const ended = (more: object): Fact<'training.run.ended'> => ({
  ...envelope,
  type: 'training.run.ended',
  data: { runId: 'r', attempt: 1, status: 'completed' },
  ...more,
});
const planned: Fact<'training.run.planned'> = { ...envelope, type: 'training.run.planned', data: about };
const READ = { importedsha256: 'a'.repeat(64) };
const AT = { time: '1970-01-01T00:00:02Z' };

it('lets a start that a client reported go on, and says nothing of one that was read from a file', () => {
  expect(
    [started({}), started(AT), started(READ), started({ ...READ, ...AT }), planned].map(begunOf),
  ).toEqual(['running', 'running', 'unknown', 'unknown', 'planned']);
});

it('takes no time of an import for the time of a start or an end', () => {
  expect(
    [started({}), started(AT), started(READ), started({ ...READ, ...AT })].map((fact) =>
      startOf(fact, STAMP),
    ),
  ).toEqual([5_000_000, 2_000_000, undefined, 2_000_000]);
  expect(startOf({ ...planned, ...AT }, STAMP)).toBeUndefined();
  expect([ended({}), ended(AT), ended(READ)].map((fact) => endOf(fact, STAMP))).toEqual([
    5_000_000,
    2_000_000,
    undefined,
  ]);
});

it('takes a correction of what a file says for what a file says, and one of what a client reported for a report', () => {
  const importer = 'urn:tributary:importer:olmo-config';
  const ofImport = [
    { corrects: '1', correctssource: importer },
    { corrects: '1', source: importer },
  ];
  const ofClient = [{ corrects: '1' }, { corrects: '1', correctssource: '/t' }];
  expect([...ofImport, ...ofClient].map((more) => begunOf(started(more)))).toEqual([
    'unknown',
    'unknown',
    'running',
    'running',
  ]);
  expect(ofImport.map((more) => [startOf(started(more), STAMP), endOf(ended(more), STAMP)])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(startOf(started({ ...ofImport[0], ...AT }), STAMP)).toBe(2_000_000);
});
