import type { ImportedEvent } from '@tributary/importers';
import { ask } from './graphql.ts';

export const ASSIGNMENTS = /* GraphQL */ `
  query Assignments {
    experiments {
      id
      arms {
        assignment
      }
    }
  }
`;
type Answer = { experiments: { id: string; arms: { assignment: string }[] }[] };

/**
 * Without the assignments that say less than what the log knows: files never tell how runs came to their arms,
 * so importing them again must not undo what somebody declared.
 */
export async function withoutWeaker(
  url: string,
  events: readonly ImportedEvent[],
): Promise<readonly ImportedEvent[]> {
  const { experiments } = await ask<Answer>(url, ASSIGNMENTS);
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
