import type { ImportedEvent } from '@tributary/importers';
import { experimentsOf } from './find-by-prefix.ts';

/**
 * The events without assignments of experiments whose assignment is already declared. Files never state how runs were
 * assigned to arms, so importing them again must not undo a declaration.
 */
export async function withoutWeaker(
  url: string,
  events: readonly ImportedEvent[],
): Promise<readonly ImportedEvent[]> {
  const experiments = await experimentsOf(url, { origin: 'assigned' });
  const declared = new Set(
    experiments
      .filter(({ arms }) => arms.some(({ assignment }) => assignment !== 'unknown'))
      .map(({ id }) => id),
  );
  return events.filter(({ type, data }) => {
    const experiment =
      type === 'mixture.experiment.assigned' && 'experimentId' in data ? data.experimentId : undefined;
    return experiment === undefined || !declared.has(experiment);
  });
}
