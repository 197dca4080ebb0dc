import type { Engine } from '@tributary/clickhouse';

/** A run of which the exposure of every step is a fact of its own, with one amount for each source. */
export type LongRun = { readonly run: string; readonly steps: number; readonly firstPosition: number };

/** Sources of a domain have consecutive numbers. */
const DOMAINS = 8;
const ROWS_AT_ONCE = 2_000_000;

/** Inserts the rows that the projector would insert, made by the engine. The views fill sums as they always do. */
export async function fill(
  engine: Engine,
  { run, steps, firstPosition }: LongRun,
  sources: number,
): Promise<void> {
  await engine.command(
    `INSERT INTO tributary.training_run (run_id, attempt, _position, recorded_at)
     SELECT '${run}', 1, ${firstPosition}, toDateTime64(0, 6)`,
  );
  const stepsAtOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / sources));
  for (let from = 1; from <= steps; from += stepsAtOnce) {
    const count = Math.min(stepsAtOnce, steps - from + 1);
    await engine.command(
      `INSERT INTO tributary.training_exposure_range (run_id, attempt, first_step, last_step, _position)
       SELECT '${run}', 1, ${from} + number, ${from} + number, ${firstPosition + from} + number FROM numbers(${count})`,
    );
    await engine.command(
      `INSERT INTO tributary.training_exposure
         (run_id, attempt, first_step, last_step, slice, domain, shard_id, amount, unit, method, _position, recorded_at)
       SELECT
         '${run}', 1, ${from} + intDiv(number, ${sources}) AS step, step,
         concat(name, '/plain'), concat('domain-', toString(intDiv(number % ${sources} * ${DOMAINS}, ${sources}))) AS name,
         concat('source-', toString(number % ${sources})),
         cityHash64(number) % 8192, 'token', 'measured', ${firstPosition} + step, toDateTime64(0, 6)
       FROM numbers(${count * sources})`,
    );
  }
}
