import { Fault, formatEventPosition, parseEventPosition, query } from '@tributary/kernel';
import type { Position, SqlReader } from '@tributary/kernel';
import { z } from 'zod';
import { rollupNames } from './checksum.ts';

/** A fact that made no rows in the shadow tables, and why: a blob is missing, for one. */
export type FailedFact = { readonly position: Position; readonly detail: string };

const rowsAtPositions = query(import.meta.url, 'rows-at-positions', {
  params: z.object({ positions: z.array(z.number()) }),
  row: z.object({ position: z.coerce.number() }),
});

/** Facts that are looked up at once. */
const AT_ONCE = 1_000;

/**
 * Of the facts that failed, those whose rows the live tables have: an exchange would lose them. A table that cannot be
 * read has nothing to lose. Names of tables come from projections only.
 */
export async function lostFacts(
  live: SqlReader,
  tables: readonly string[],
  failed: readonly FailedFact[],
): Promise<FailedFact[]> {
  const lost = new Set<Position>();
  const rollups = failed.length === 0 ? new Set<string>() : await rollupNames(live);
  const withPositions = tables.filter((table) => !rollups.has(table));
  for (let from = 0; from < failed.length; from += AT_ONCE) {
    const positions = failed.slice(from, from + AT_ONCE).map(({ position }) => parseEventPosition(position));
    for (const table of withPositions) {
      const sql = rowsAtPositions.sql.replace('tributary.training_step', `tributary.${table}`);
      const rows = await live.all({ ...rowsAtPositions, sql }, { positions }).catch(nothingIfRefused);
      for (const { position } of rows) lost.add(formatEventPosition(position));
    }
  }
  return failed.filter(({ position }) => lost.has(position));
}

/** A damaged table. */
function nothingIfRefused(fault: unknown): [] {
  if (fault instanceof Fault && !fault.retryable) return [];
  throw fault;
}

const NAMED = 5;

/** The fault `rebuild_would_lose`, which names facts and their reasons. */
export function lossFault(lost: readonly FailedFact[]): Fault {
  const named = lost.slice(0, NAMED).map(({ position, detail }) => `position ${position}: ${detail}`);
  const more = lost.length > NAMED ? `; and ${lost.length - NAMED} more` : '';
  return new Fault(
    'rebuild_would_lose',
    `the new tables would lack ${lost.length} facts whose rows the live ones have, so these stay (${named.join('; ')}${more}): restore what is missing, or accept that with --accept-missing`,
  );
}
