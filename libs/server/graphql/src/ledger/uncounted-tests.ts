import { testsBetween } from '@tributary/attribution';
import type { LedgerFact } from '@tributary/attribution';
import type { Stored } from '@tributary/event-log';
import { parseEventPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import type { Freshness } from '../answer.ts';

/**
 * Hypotheses that others recorded in the family of an answer after the position that it was computed as of, and before its
 * own tests. All tests of a family are in one partition of the log, so their positions have the order of recording.
 */
export async function uncountedTests(
  reader: SqlReader,
  facts: readonly LedgerFact[],
  receipts: Stored['receipts'],
  { position: since }: Freshness,
): Promise<number> {
  const tests = facts.flatMap((fact, index) => {
    const position = receipts[index]?.position;
    if (fact.type !== 'attribution.test.recorded' || position === undefined) return [];
    return [{ ...fact.data, position: parseEventPosition(position) }];
  });
  const [first] = tests;
  if (!first) return 0;
  const own = tests.map(({ hypothesis }) => hypothesis);
  const before = tests.reduce((least, { position }) => Math.min(least, position), first.position);
  const [row] = await reader.all(testsBetween, { family_id: first.familyId, own, since, before });
  return row?.hypotheses ?? 0;
}
