import type { Random } from '@tributary/fixtures';
import type { Accident, Damage } from './steps.fixture.ts';

/** The tables of one dead process in six are damaged. */
const DAMAGE: readonly Damage[] = ['tables deleted', 'older copy', 'lost part'];
const DAMAGED = 1 / 6;
/** Damage to tables that a group fills: of all, of any one of them, and of the register of events. */
const GROUP_DAMAGE: readonly Damage[] = [
  'none',
  'tables deleted',
  'older copy',
  'lost part',
  'lost part',
  'lost events',
];

/** Accidents of one process, its disk and its engine. */
export function accidentOfOneProcess(random: Random): Accident {
  const dice = random();
  const which = 0;
  if (dice < 0.35) return { ...killFrom(random), which };
  if (dice < 0.5) return { do: 'freeze', which };
  if (dice < 0.62) return { do: 'thaw', which };
  if (dice < 0.74) return { do: 'fill disk', leave: random.below(16) * 300_000, which };
  if (dice < 0.86) return { do: 'make room', which };
  return dice < 0.95 ? { ...failed(random, 'fail inserts'), which } : { do: 'rebuild', which };
}

/** Accidents of two processes that append and two that fill the tables, their disk, their broker and their engine. */
export function accidentOnKafka(random: Random): Accident {
  const dice = random();
  const which = random.below(2);
  if (dice < 0.24) return { ...killFrom(random), damage: 'none', which };
  if (dice < 0.34) return { do: 'kill appender', after: random.below(4), isEmptied: random() < 0.3, which };
  if (dice < 0.46) return { do: 'freeze', which };
  if (dice < 0.54) return { do: 'thaw', which };
  if (dice < 0.58) return { ...failed(random, 'fail inserts'), which };
  if (dice < 0.61) return { do: 'lose block', which };
  if (dice < 0.68) return { ...failed(random, 'fail appends'), which };
  if (dice < 0.72) return { do: 'rebalance', which };
  if (dice < 0.82) return { do: 'fill disk', leave: random.below(16) * 300_000, which };
  if (dice < 0.84) return { do: 'make room', which };
  if (dice < 0.94) return damagedGroup(random);
  return { do: 'add partitions', count: 1 + random.below(2), which };
}

/** Damage to the tables of a group. */
const damagedGroup = (random: Random): Accident => ({
  do: 'damage tables',
  damage: anyOf(random, GROUP_DAMAGE),
  which: 0,
});

/** The death of one process, whose tables are damaged before it starts again. */
export const damagedProcess = (random: Random): Accident => ({
  do: 'kill',
  at: 'tables',
  after: random.below(4),
  damage: anyOf(random, DAMAGE),
  version: 'same',
  which: 0,
});

/** An engine that is killed in an insert of either projector. */
export const lostBlock = (random: Random): Accident => ({ do: 'lose block', which: random.below(2) });

/** The damage that is seen in every answer. */
export const deletedTables = (): Accident => ({ do: 'damage tables', damage: 'tables deleted', which: 0 });

/** Until somebody makes room, some rounds later. */
export const noRoomAtAll = (): Accident => ({ do: 'fill disk', leave: 0, which: 0 });

const killFrom = (random: Random) => ({
  do: 'kill' as const,
  at: random() < 0.3 ? ('append' as const) : ('tables' as const),
  after: random.below(20),
  damage: random() < DAMAGED ? anyOf(random, DAMAGE) : ('none' as const),
  version: random() < 0.25 ? ('older' as const) : ('same' as const),
});

const failed = <What extends 'fail inserts' | 'fail appends'>(random: Random, what: What) => ({
  do: what,
  count: 1 + random.below(2),
  isDone: random() < 0.5,
});

const anyOf = (random: Random, damages: readonly Damage[]): Damage =>
  damages[random.below(damages.length)] ?? 'none';
