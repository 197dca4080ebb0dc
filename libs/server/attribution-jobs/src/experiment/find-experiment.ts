import type { Experiment, LeftOut } from '@tributary/attribution';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { arms } from '@tributary/mixture';
import { loadFound } from './found-experiments.ts';
import { loadExperiment } from './load-experiment.ts';
import type { ExperimentSearch } from './recent-search.ts';

export type ExperimentMatch =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly refusal: 'unknown_experiment'; readonly text: string };

/** Where experiments are read from. */
export type ExperimentSource = { readonly sql: SqlReader; readonly search: ExperimentSearch };

/** Names of the assigned experiments, in their order. */
export async function assignedNames(sql: SqlReader, as_of: LogPosition): Promise<string[]> {
  const rows = await sql.all(arms, { experiment_id: null, as_of });
  return [...new Set(rows.map(({ experiment_id }) => experiment_id))];
}

/**
 * The experiment with the name, else the only one whose name starts with it; without a name, the only experiment. Found
 * experiments count only where no assigned one fits, so a found one never changes which assigned one a question means, and
 * sets of runs that differ in more than their mixtures only where no found one fits.
 */
export async function findExperiment(
  { sql, search }: ExperimentSource,
  wanted: string | undefined | null,
  as_of: LogPosition,
): Promise<ExperimentMatch> {
  const assigned = await assignedNames(sql, as_of);
  const matching = matches(assigned, wanted);
  const [only] = matching;
  if (only !== undefined && matching.length === 1) {
    return { ok: true, experiment: await loadExperiment(sql, only, as_of) };
  }
  if (matching.length > 1) return unknown(wanted, matching, assigned, []);
  const { found, observed, leftOut, recorded } = await search(assigned, as_of);
  const [alike, unlike] = [found, observed].map((of) => of.map(({ name }) => name));
  const among = matches(alike!, wanted);
  const others = among.length > 0 ? among : matches(unlike!, wanted);
  const names = [...alike!, ...unlike!];
  const one = [...found, ...observed].find(({ name }) => name === others[0]);
  if (one && others.length === 1) {
    return { ok: true, experiment: await loadFound(sql, one, recorded, as_of) };
  }
  return unknown(wanted, others, [...assigned, ...names], leftOut);
}

function matches(known: readonly string[], wanted: string | undefined | null): readonly string[] {
  if (!wanted) return known;
  return known.includes(wanted) ? [wanted] : known.filter((name) => name.startsWith(wanted));
}

const LISTED = 20;

function unknown(
  wanted: string | undefined | null,
  matching: readonly string[],
  known: readonly string[],
  leftOut: readonly LeftOut[],
): ExperimentMatch {
  const problem = wanted
    ? `${wanted} names ${matching.length === 0 ? 'no experiment' : 'several'}`
    : 'Name an experiment';
  const more = known.length > LISTED ? ` and ${known.length - LISTED} more` : '';
  const here = known.length === 0 ? 'none yet' : `${known.slice(0, LISTED).join(', ')}${more}`;
  const without = known.length === 0 ? leftOut.map(({ text }) => ` ${text}`).join('') : '';
  return { ok: false, refusal: 'unknown_experiment', text: `${problem}; here are ${here}.${without}` };
}
