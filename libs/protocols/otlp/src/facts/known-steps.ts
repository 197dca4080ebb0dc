import type { IngestEndpoint } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { knownSteps } from '@tributary/training';
import type { ExportedRun } from './read-exports.ts';
import type { StepValues } from './training-spans.ts';

export type ClassifiedSteps = {
  readonly newSteps: ReadonlyMap<number, StepValues>;
  readonly contradicting: readonly number[];
};

/**
 * Separates steps that are not recorded yet from those that contradict a recorded one, which stays as it is. Throws Fault
 * `tables_short` where the tables lack rows, because a recorded step would be taken for a new one and count twice.
 */
export async function classifySteps(
  endpoint: IngestEndpoint,
  run: Omit<ExportedRun, 'forms'>,
): Promise<ClassifiedSteps> {
  const steps = [...run.steps.keys()];
  if (steps.length === 0) return { newSteps: run.steps, contradicting: [] };
  await endpoint.projector.reached(endpoint.log.head());
  /* Rows can be lost before the question, and be filled again after it. */
  await requireWhole(endpoint);
  const rows = await endpoint.engine.reader.all(knownSteps, {
    run_id: run.runId,
    attempt: run.attempt,
    from_step: steps.reduce((least, step) => Math.min(least, step)),
    to_step: steps.reduce((most, step) => Math.max(most, step)),
  });
  await requireWhole(endpoint);
  const known = new Map(rows.map((row) => [row.step, row]));
  const fresh = new Map([...run.steps].filter(([step]) => !known.has(step)));
  const contradicting = steps.filter((step) => {
    const row = known.get(step);
    const values = run.steps.get(step);
    return row && !(isSame(values?.get('loss'), row.loss) && isSame(values?.get('gradNorm'), row.grad_norm));
  });
  return { newSteps: fresh, contradicting };
}

async function requireWhole({ projector }: IngestEndpoint): Promise<void> {
  const shortfall = await projector.shortfall?.();
  if (shortfall === undefined) return;
  throw new Fault('tables_short', `which steps are recorded is not known: ${shortfall}`, { retryable: true });
}

/** Compares in single precision, as the tables store it. */
const isSame = (value: number | undefined, stored: number): boolean =>
  Object.is(Math.fround(value ?? Number.NaN), Math.fround(stored));
