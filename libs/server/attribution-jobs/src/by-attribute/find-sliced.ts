import type { Experiment } from '@tributary/attribution';
import type { LogPosition } from '@tributary/kernel';
import type { JobRefusal } from '../attributor.ts';
import { findExperiment } from '../experiment/find-experiment.ts';
import type { ExperimentSource } from '../experiment/find-experiment.ts';
import type { MeasuredSlices } from './measured-slices.ts';
import { reslice } from './resliced.ts';
import type { Resliced } from './resliced.ts';

type Sliced = { readonly ok: true; readonly experiment: Experiment; readonly resliced: Resliced | undefined };

/** The experiment that a question names, over recorded slices or over those that an attribute defines. */
export async function findSliced(
  source: ExperimentSource,
  name: string | undefined,
  by: MeasuredSlices | undefined,
  asOf: LogPosition,
): Promise<Sliced | JobRefusal> {
  const found = await findExperiment(source, name, asOf);
  if (!found.ok) return found;
  if (!by) return { ...found, resliced: undefined };
  const resliced = await reslice(source.sql, found.experiment, by, asOf);
  return resliced.ok ? { ok: true, experiment: resliced.experiment, resliced } : resliced;
}
