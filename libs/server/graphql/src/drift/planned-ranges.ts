import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { arms, decidedPhases, MAX_PHASES, replayed } from '@tributary/mixture';
import type { PhaseInForce } from '@tributary/mixture';
import { attemptRanges, followedMixtures } from '@tributary/training';
import type { AttemptRange, CountedHistory } from '@tributary/training';
import type { Warning } from '../generated/schema.ts';
import { leftOut, superseded } from './plan-warnings.ts';

/** What was planned for the steps of a history. */
export type Plans = {
  /** Phases in order of their steps. Steps between them have no plan. */
  readonly ranges: readonly PhaseInForce[];
  /** Positions of decisions, of assignments to arms, and of starts that name a mixture. */
  readonly evidence: readonly number[];
  /** Why what was planned may not be all. */
  readonly lacking: readonly string[];
  readonly warnings: readonly Warning[];
  /** Streams of the log that plans were read from. */
  readonly streams: readonly string[];
};

type Followed = RowOf<typeof followedMixtures>;

/**
 * What was planned for the steps of a history: of each attempt, the mixture that its start names, or that of its arm; an
 * attempt whose start names neither goes on with the one of the attempt before, and the first one with that of the plan of
 * the run. The decisions of each mixture are
 * replayed. A mixture that supersedes one of these does not change what the run was told to follow.
 */
export async function plannedRanges(
  reader: SqlReader,
  history: CountedHistory,
  as_of: LogPosition,
): Promise<Plans> {
  const named = await reader.all(followedMixtures, { run_ids: [...new Set(history.run_ids)], as_of });
  const followed = withoutUnusedPlans(named);
  const assigned = await mixturesOfArms(reader, followed, as_of);
  const mixtureOf = (row: Followed): string =>
    row.mixture_id || (assigned.mixtures.get(JSON.stringify([row.experiment_id, row.arm])) ?? '');
  const mixtures = [...new Set(followed.map(mixtureOf))].filter((id) => id !== '');
  const rows = await reader.all(decidedPhases, { mixture_ids: mixtures, as_of });
  const decided = groupBy(rows.slice(0, MAX_PHASES), ({ mixture_id }) => mixture_id);
  const timelines = new Map([...decided].map(([mixture, phases]) => [mixture, replayed(phases)]));
  const ranges = attemptRanges(history).flatMap((range) =>
    within(range, timelines.get(followedBy(range, followed, mixtureOf)) ?? []),
  );
  const unknown = mixtures.filter((mixture) => !decided.has(mixture));
  return {
    ranges: joined(ranges),
    evidence: [
      ...followed.filter((row) => mixtureOf(row) !== '').map(({ evidence }) => evidence),
      ...assigned.evidence,
      ...new Set(ranges.map(({ decision }) => decision)),
    ],
    lacking: [
      ...unknown.map((mixture) => `no decision of mixture ${mixture} is recorded`),
      ...(rows.length > MAX_PHASES ? [`only the first ${MAX_PHASES} phases are replayed`] : []),
      ...leftOut(ranges),
    ],
    warnings: await superseded(reader, mixtures, as_of),
    streams: [
      ...mixtures.map((mixture) => `mixture/${mixture}`),
      ...assigned.experiments.map((experiment) => `experiment/${experiment}`),
    ],
  };
}

/** The mixtures of the arms of attempts that name no mixture, by experiment and arm. */
async function mixturesOfArms(reader: SqlReader, followed: readonly Followed[], as_of: LogPosition) {
  const open = followed.filter((row) => row.mixture_id === '' && row.experiment_id !== '' && row.arm !== '');
  const experiments = [...new Set(open.map(({ experiment_id }) => experiment_id))];
  const found = await Promise.all(
    experiments.map((experiment_id) => reader.all(arms, { experiment_id, as_of })),
  );
  const wanted = new Set(open.map(({ experiment_id, arm }) => JSON.stringify([experiment_id, arm])));
  const rows = found.flat().filter((row) => wanted.has(JSON.stringify([row.experiment_id, row.arm])));
  return {
    mixtures: new Map(rows.map((row) => [JSON.stringify([row.experiment_id, row.arm]), row.mixture_id])),
    evidence: rows.map(({ evidence }) => evidence),
    experiments,
  };
}

/** Without the plans (attempt 0) of runs whose first start says what it follows itself. */
const withoutUnusedPlans = (named: readonly Followed[]): Followed[] =>
  named.filter(
    ({ run_id, attempt }) =>
      attempt > 0 || !named.some((one) => one.run_id === run_id && one.attempt === 1 && saysMixture(one)),
  );

const saysMixture = ({ mixture_id, arm }: Followed): boolean => mixture_id !== '' || arm !== '';

/** The mixture of an attempt, or of the newest one before it that has one; empty where none has. */
function followedBy(
  { run, attempt }: AttemptRange,
  followed: readonly Followed[],
  mixtureOf: (row: Followed) => string,
): string {
  const own = followed.filter((row) => row.run_id === run && row.attempt <= attempt && mixtureOf(row) !== '');
  const newest = own.at(-1);
  return newest ? mixtureOf(newest) : '';
}

const within = ({ firstStep, lastStep }: AttemptRange, phases: readonly PhaseInForce[]): PhaseInForce[] =>
  phases
    .filter((phase) => phase.firstStep <= lastStep && phase.lastStep >= firstStep)
    .map((phase) => ({
      ...phase,
      firstStep: Math.max(phase.firstStep, firstStep),
      lastStep: Math.min(phase.lastStep, lastStep),
    }));

/** Neighbours of one phase as one: an attempt that goes on with the mixture changes nothing. */
function joined(ranges: readonly PhaseInForce[]): PhaseInForce[] {
  const found: PhaseInForce[] = [];
  for (const range of ranges) {
    const before = found.at(-1);
    if (before && isSame(before, range)) found[found.length - 1] = { ...before, lastStep: range.lastStep };
    else found.push(range);
  }
  return found;
}

const isSame = (before: PhaseInForce, range: PhaseInForce): boolean =>
  before.lastStep + 1 === range.firstStep &&
  before.decision === range.decision &&
  before.from_step === range.from_step;
