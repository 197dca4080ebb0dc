import type { LogPosition, SqlReader } from '@tributary/kernel';
import { arms } from '@tributary/mixture';

export type ExperimentMatch =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly refusal: 'unknown_experiment'; readonly text: string };

/** The experiment with the name, else the only one whose name starts with it; without a name, the only experiment. */
export async function findExperiment(
  sql: SqlReader,
  wanted: string | undefined | null,
  as_of: LogPosition,
): Promise<ExperimentMatch> {
  const rows = await sql.all(arms, { experiment_id: null, as_of });
  const known = [...new Set(rows.map(({ experiment_id }) => experiment_id))];
  if (wanted && known.includes(wanted)) return { ok: true, name: wanted };
  const matching = wanted ? known.filter((id) => id.startsWith(wanted)) : known;
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return { ok: true, name: only };
  const problem = wanted
    ? `${wanted} names ${matching.length === 0 ? 'no experiment' : 'several'}`
    : 'Name an experiment';
  return {
    ok: false,
    refusal: 'unknown_experiment',
    text: `${problem}; here are ${known.join(', ') || 'none yet'}.`,
  };
}
