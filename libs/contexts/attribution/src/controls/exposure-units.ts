import type { Identification } from '../effect.ts';
import { isExposed } from '../experiment.ts';
import type { Run, Warning } from '../experiment.ts';
import { briefly } from './briefly.ts';

/** A warning, and the strongest identification that it leaves: `Finding`. */
type UnitFinding = { readonly warning: Warning; readonly cap: Identification };

/** Whether a run recorded amounts in several units of which no one counts all, so that its mixture is not known. */
export const isMixed = (run: Run): boolean =>
  run.status === 'completed' && !isExposed(run) && run.otherUnits !== undefined;

/** Runs that recorded amounts in several units, which are never added: those that are left out, and those counted in one. */
export function unitFindings(runs: readonly Run[], cap: Identification): UnitFinding[] {
  const mixed = runs.filter(isMixed);
  const counted = runs.filter((run) => run.status === 'completed' && isExposed(run) && run.otherUnits);
  return [
    ...found(mixed, cap, {
      code: 'exposure_units_mixed',
      text: 'recorded amounts in several units of which no one counts the same slices, shards and steps as the others, and are left out',
    }),
    ...found(counted, 'randomised', {
      code: 'exposure_units_left_out',
      text: `are counted in ${counted[0]?.unit ?? 'token'} alone, and what they recorded in other units is left out`,
    }),
  ];
}

function found(runs: readonly Run[], cap: Identification, { code, text }: Warning): UnitFinding[] {
  if (runs.length === 0) return [];
  const named = runs
    .map((run) => `${run.runId} (${[run.unit, ...(run.otherUnits ?? [])].toSorted().join(', ')})`)
    .toSorted();
  return [{ warning: { code, text: `${runs.length} runs ${text}: ${briefly(named)}.` }, cap }];
}
