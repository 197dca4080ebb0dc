import { valueIn } from '@tributary/kernel';
import {
  contradictsArm,
  isExposed,
  isMixtureUnknown,
  repeatedRuns,
  reportsAnother,
  runsInSeveralArms,
} from '../experiment.ts';
import type { Experiment, Run, ScoredRun, Warning } from '../experiment.ts';
import type { Identification } from '../effect.ts';
import { isMixed, unitFindings } from './exposure-units.ts';
import { HISTORY_IN_DOUBT, unplacedAttempts } from './unplaced-attempts.ts';

/** Something that a check found: a warning, and the strongest identification that it leaves. */
export type Finding = { readonly warning: Warning; readonly cap: Identification };

const ATTRITION = 0.1;

const listed = (runs: readonly Run[]) => {
  const ids = runs.map(({ runId }) => runId).toSorted();
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return `${ids.slice(0, 5).join(', ')}${more}`;
};

const ended = (run: Run) => run.status === 'failed' || run.status === 'stopped';
const unscored = (run: Run, capability: string) =>
  run.status === 'completed' && isExposed(run) && valueIn(run.scores, capability) === undefined;

/** Runs that are left out, repeated or contradictory. `reduced` is what remains where too many of them are lost. */
export function recordFindings(
  experiment: Experiment,
  arms: readonly string[],
  capability: string,
  reduced: Identification,
): Finding[] {
  const inArms = new Set(arms);
  const runs = experiment.runs.filter(({ arm }) => inArms.has(arm));
  const repeated = repeatedRuns(
    runs.toSorted((a, b) => Number(a.runId > b.runId) - Number(a.runId < b.runId)),
  );
  const silent = runs.filter((run) => run.status === 'completed' && !isExposed(run) && !isMixed(run));
  const lost = runs.filter(ended);
  const unfinished = runs.filter(({ status }) => status === 'running');
  const without = runs.filter((run) => unscored(run, capability));
  const plans = new Map(experiment.arms.map(({ arm, planned }) => [arm, planned]));
  const unsummed = runs.filter(
    (run) => run.status === 'completed' && isMixtureUnknown(run, plans.get(run.arm)),
  );
  const mixed = runs.filter(isMixed);
  const missing = lost.length + silent.length + mixed.length + unfinished.length + without.length;
  const cap = missing > ATTRITION * runs.length ? reduced : 'randomised';
  const checks: readonly (readonly [readonly Run[], string, string, Identification])[] = [
    [lost, 'failed_runs', 'ended early and are left out', cap],
    [silent, 'shares_missing', 'recorded no exposure and are left out', cap],
    [unfinished, 'runs_unfinished', 'have no recorded end and are left out', cap],
    [without, 'scores_missing', `have no comparable score of ${capability} and are left out`, cap],
    [
      repeated,
      'duplicated_runs',
      'repeat another run to the last digit and count once',
      'observational_adjusted',
    ],
    [
      unsummed,
      'shares_do_not_add_up',
      'have amounts that do not add up and are left out',
      'observational_adjusted',
    ],
  ];
  const left = checks.flatMap(([found, code, what, at]) => {
    if (found.length === 0) return [];
    const text = `${found.length} runs ${what}: ${listed(found)}.`;
    return [{ warning: { code, text }, cap: at }];
  });
  return [...left, ...unitFindings(runs, cap), ...otherTotals(runs), ...unplacedAttempts(runs)];
}

const NAMED = 5;

/** Runs whose end reports another amount than their exposure adds up to, with both. */
function otherTotals(runs: readonly Run[]): Finding[] {
  const found = runs.filter((run) => run.status === 'completed' && isExposed(run) && reportsAnother(run));
  if (found.length === 0) return [];
  const amount = (value = 0) => value.toLocaleString('en-US');
  const named = found
    .toSorted((a, b) => Number(a.runId > b.runId) - Number(a.runId < b.runId))
    .slice(0, NAMED)
    .map(({ runId, total, reportedTotal }) => `${runId} ${amount(total)} and ${amount(reportedTotal)}`);
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
  const text =
    `The recorded exposure of ${found.length} runs adds up to another amount than their end reports ` +
    `(${found[0]!.unit}, recorded and reported): ${named.join('; ')}${more}. Their shares are of what is recorded.`;
  return [{ warning: { code: 'reported_total_differs', text }, cap: 'observational_adjusted' }];
}

/** Runs whose mixture nobody knows, copies of others, and runs of which a part may be missing: what predictions tell of their runs. */
export function uncountedRuns(experiment: Experiment, arms: readonly string[]): Warning[] {
  const codes = [
    'duplicated_runs',
    'shares_do_not_add_up',
    'reported_total_differs',
    'exposure_units_mixed',
    'exposure_units_left_out',
    HISTORY_IN_DOUBT,
  ];
  const found = recordFindings(experiment, arms, '', 'associational').map(({ warning }) => warning);
  const contradictory = contradictions(experiment, arms, 'associational').map(({ warning }) => warning);
  return [...found.filter(({ code }) => codes.includes(code)), ...contradictory];
}

/** Arms whose assignments contradict each other or the mixture that a run names. */
export function contradictions(
  experiment: Experiment,
  arms: readonly string[],
  cap: Identification,
): Finding[] {
  const armOf = new Map(experiment.arms.map((arm) => [arm.arm, arm]));
  const compared = new Set(arms);
  const assigned = experiment.arms
    .filter(({ arm, contradictory = [] }) => compared.has(arm) && contradictory.length > 0)
    .map(
      ({ arm, contradictory = [] }) =>
        `arm ${arm} was assigned several times with another ${contradictory.join(' and ')}`,
    );
  const lost = experiment.runs
    .filter(({ arm }) => !armOf.has(arm))
    .map(
      ({ runId, arm }) =>
        `run ${runId} names ${arm === '' ? 'no arm' : `the arm ${arm}, which was never assigned`}`,
    );
  const followed = experiment.runs
    .filter((run) => {
      const assigned = armOf.get(run.arm);
      return compared.has(run.arm) && assigned !== undefined && contradictsArm(run, assigned);
    })
    .map(
      ({ runId, arm }) =>
        `run ${runId} names another arm or mixture than the assignment of ${arm} and is left out`,
    );
  const shared = runsInSeveralArms(experiment.runs)
    .filter((pair) => pair.some(({ arm }) => compared.has(arm)))
    .map(
      ([one, other]) =>
        `run ${one.runId} of ${one.arm} and run ${other.runId} of ${other.arm} are one run, by id or by seed, amounts and scores, and are left out`,
    );
  const all = [...assigned, ...followed, ...shared, ...lost];
  if (all.length === 0) return [];
  const more = all.length > 5 ? ` and ${all.length - 5} more` : '';
  const text = `Assignments contradict each other: ${all.slice(0, 5).join('; ')}${more}.`;
  return [{ warning: { code: 'contradictory_assignment', text }, cap }];
}

/** Runs of one arm that share a seed are no independent repetitions. */
export function repeatedSeeds(groups: readonly (readonly ScoredRun[])[], cap: Identification): Finding[] {
  const repeated = groups.flatMap((runs) =>
    runs.filter(
      ({ seed }, index) => seed !== undefined && runs.findIndex((other) => other.seed === seed) < index,
    ),
  );
  if (repeated.length === 0) return [];
  const text = `${repeated.length} runs have the seed of another run of their arm, so they count as one: ${listed(repeated)}.`;
  return [{ warning: { code: 'seeds_repeated', text }, cap }];
}
