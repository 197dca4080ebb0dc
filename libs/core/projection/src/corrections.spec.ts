import { parseEventPosition } from '@tributary/kernel';
import type { Fact } from '@tributary/contracts';
import { memoryLog } from '@tributary/event-log';
import { aFact, anEvent, rowsOf } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { correctionProjection, withCorrected } from './corrections.ts';

const ended = (runId: string, attempt = 1) => ({ runId, attempt, status: 'failed', lastStep: 1 }) as const;

async function logWith(...ids: readonly string[]) {
  const log = memoryLog();
  const events = ids.map((id) => anEvent('training.run.ended', id, ended('r')));
  await log.append(events, { atomic: true });
  return log;
}

const correcting = (corrects: string, runId = 'r'): Fact => ({
  ...aFact('training.run.ended', ended(runId)),
  corrects,
  correctionreason: 'it completed',
  actor: 'somebody',
});

it('finds the fact that it replaces, and says why and who', async () => {
  const fact = await withCorrected(correcting('b'), 3, await logWith('a', 'b'));
  const rows = rowsOf(correctionProjection.project(fact, { _position: 3, recorded_at: 7 }), 'log_correction');
  expect(rows).toEqual([
    {
      _position: 3,
      recorded_at: 7,
      corrected_position: 2,
      type: 'training.run.ended',
      stream: 'run/r',
      reason: 'it completed',
      actor: 'somebody',
    },
  ]);
});

it.each([
  ['an event that is not known', correcting('z'), 3],
  ['an event that was recorded later', correcting('b'), 2],
  ['an event of another stream', correcting('b', 'other'), 3],
  ['an event of another type', { ...aFact('training.run.started', started()), corrects: 'b' }, 3],
])('corrects nothing where it names %s, and keeps that on record', async (_name, fact, position) => {
  const log = await logWith('a', 'b');
  const found = await withCorrected(fact, position, log);
  expect(found.correctedPosition).toBeUndefined();
  expect(parseEventPosition(log.head())).toBe(2);
  const tables = correctionProjection.project(found, { _position: position, recorded_at: 7 });
  expect(rowsOf(tables, 'log_correction')).toMatchObject([{ corrected_position: 0 }]);
});

function started() {
  return { runId: 'r', attempt: 1, model: { name: 'm' }, config: {}, seeds: {} };
}

it('makes no row of a fact that corrects none', () => {
  const fact = aFact('training.run.ended', ended('r'));
  expect(correctionProjection.project(fact, { _position: 1, recorded_at: 1 })).toEqual({});
});
