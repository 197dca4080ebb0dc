import type { LogPosition, SqlReader } from '@tributary/kernel';
import { endOf, runProgress } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';

/** The last step of a run that counts, by its recorded steps and ends; 0 where none is recorded. */
export async function lastStepOf(
  reader: SqlReader,
  run: string,
  { history, as_of }: { readonly history: CountedHistory; readonly as_of: LogPosition },
): Promise<number> {
  const { run_ids, attempts, ends } = history;
  const rows = await reader.all(runProgress, { listed: [run], run_ids, attempts, ends, as_of });
  return rows.reduce((last, { run_id, attempt, last_step }) => {
    const at = run_ids.findIndex((id, index) => id === run_id && attempts[index] === attempt);
    if (at < 0 || last_step === null) return last;
    return Math.max(last, Math.min(last_step, endOf(history, at) ?? last_step));
  }, 0);
}
