import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { firstSteps } from './history-queries.ts';
import { attempts } from './queries.ts';

/**
 * An attempt, and its first recorded step where that can decide which steps count; null where none is recorded. An order may begin
 * before the steps that its attempt trained, so it decides only of an attempt of which nothing else is recorded; one of Megatron
 * begins with the run, so it decides of the first attempt alone: of a later one it would take all steps from those before.
 */
export type KnownAttempt = RowOf<typeof attempts> & { readonly first_step: number | null };

/** Whether nothing says where an attempt began: it is not declared, and no steps of it are recorded. */
export const isUnplaced = ({ recorded, first_step }: KnownAttempt): boolean =>
  recorded === null && first_step === null;

/**
 * The attempts of runs that are declared, recorded or named as of a position. The first step is looked for only where it can
 * decide: of an attempt that does not say what it continues and is not the first of its run, of one that is not declared,
 * which exists if it has one, and of the first of a run with one of these.
 */
export async function knownAttempts(
  sql: SqlReader,
  run_ids: string[],
  as_of: LogPosition,
): Promise<KnownAttempt[]> {
  const rows = await sql.all(attempts, { run_ids, as_of });
  const lowest = new Map<string, number>();
  for (const { run_id, attempt } of rows)
    lowest.set(run_id, Math.min(attempt, lowest.get(run_id) ?? attempt));
  const isOpen = ({ run_id, attempt, recorded, resumed_step }: RowOf<typeof attempts>): boolean =>
    recorded === null || (resumed_step === null && attempt !== lowest.get(run_id));
  const open = rows.filter(isOpen);
  if (open.length === 0) return rows.map((row) => ({ ...row, first_step: null }));
  const params = {
    run_ids: [...new Set(open.map(({ run_id }) => run_id))],
    attempts: [...new Set(open.flatMap(({ run_id, attempt }) => [attempt, lowest.get(run_id) ?? attempt]))],
    as_of,
  };
  const found = new Map(
    (await sql.all(firstSteps, params)).map((row) => [`${row.run_id} ${row.attempt}`, row]),
  );
  return rows.flatMap((row) => {
    const steps = found.get(`${row.run_id} ${row.attempt}`);
    const isFirst = row.attempt === lowest.get(row.run_id);
    const ordered = steps?.first_ordered ?? (isFirst ? steps?.first_indexed : null);
    const first_step = steps?.first_step ?? (row.recorded === null ? ordered : null) ?? null;
    const known = { ...row, first_step };
    return isUnplaced(known) && !row.is_named ? [] : [known];
  });
}
