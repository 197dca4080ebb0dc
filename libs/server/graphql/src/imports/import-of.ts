import { formatEventPosition } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { evidenceOf } from '../answer.ts';
import { ImportState } from '../generated/schema.ts';
import type { Import } from '../generated/schema.ts';
import type { imports } from './queries.ts';

export type ImportRow = RowOf<typeof imports>;

/** An import as the API shows it. */
export function importOf(row: ImportRow): Import {
  const isEnded = row.is_ended === 1;
  return {
    id: row.id,
    paths: row.paths,
    program: row.program,
    actor: row.actor === '' ? null : row.actor,
    state: stateOf(row),
    startedAt: row.started_at,
    endedAt: isEnded ? row.ended_at : null,
    kinds: row.kinds,
    stored: row.stored,
    repeated: row.repeated,
    byType: row.by_type,
    refused: isEnded ? row.refused : null,
    notLookedAt: isEnded ? row.not_looked_at : null,
    digest: isEnded ? row.digest : null,
    withdrawal: row.withdrawn_position === 0 ? null : withdrawalOf(row),
    evidence: evidenceOf([row.evidence]),
  };
}

/** Whether all that an import named is withdrawn. */
export const isWithdrawn = ({ withdrawn_position, last_part }: ImportRow): boolean =>
  withdrawn_position > 0 && last_part <= withdrawn_position;

function stateOf(row: ImportRow): ImportState {
  const { is_ended } = row;
  if (isWithdrawn(row)) return ImportState.Withdrawn;
  return is_ended === 1 ? ImportState.Finished : ImportState.Unfinished;
}

const withdrawalOf = ({ reason, withdrawn_by, withdrawn_at, withdrawn_position }: ImportRow) => ({
  reason,
  actor: withdrawn_by,
  at: withdrawn_at,
  position: formatEventPosition(withdrawn_position),
});
