import type { Random } from '../chaos/random.fixture.ts';
import type { Accident, Damage } from './steps.fixture.ts';

/** The tables of one dead process in six are damaged. */
const DAMAGE: readonly Damage[] = ['tables deleted', 'older copy', 'lost part'];
const DAMAGED = 1 / 6;

/** Accidents of one process, its disk and its engine. */
export function accidentOfOneProcess(random: Random): Accident {
  const dice = random();
  const which = 0;
  if (dice < 0.35) return { ...killFrom(random), which };
  if (dice < 0.5) return { do: 'freeze', which };
  if (dice < 0.62) return { do: 'thaw', which };
  if (dice < 0.74) return { do: 'fill disk', leave: random.below(16) * 300_000, which };
  if (dice < 0.86) return { do: 'make room', which };
  return dice < 0.95 ? { ...failedInserts(random), which } : { do: 'rebuild', which };
}

/** Accidents of two processes that append and two that fill the tables. The engine's own tables are not damaged. */
export function accidentOnKafka(random: Random): Accident {
  const dice = random();
  const which = random.below(2);
  if (dice < 0.3) return { ...killFrom(random), damage: 'none', which };
  if (dice < 0.45) return { do: 'kill appender', after: random.below(4), isEmptied: random() < 0.3, which };
  if (dice < 0.65) return { do: 'freeze', which };
  if (dice < 0.8) return { do: 'thaw', which };
  return dice < 0.9 ? { ...failedInserts(random), which } : { do: 'rebalance', which };
}

const killFrom = (random: Random) => ({
  do: 'kill' as const,
  at: random() < 0.3 ? ('append' as const) : ('tables' as const),
  after: random.below(20),
  damage: (random() < DAMAGED && DAMAGE[random.below(DAMAGE.length)]) || ('none' as const),
  version: random() < 0.25 ? ('older' as const) : ('same' as const),
});

const failedInserts = (random: Random) => ({
  do: 'fail inserts' as const,
  count: 1 + random.below(2),
  isDone: random() < 0.5,
});
