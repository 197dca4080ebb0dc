import { sameShards } from '@tributary/corpus';
import type { SameShards } from '@tributary/corpus';
import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { answered, incomplete, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type {
  Exposure,
  ExposureDifference,
  ExposureDifferenceRow,
  ExposureRow,
  QueryExposureDifferenceArgs,
} from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';
import { runExposure } from './run-exposure.ts';

/** What two runs, steps or checkpoints consumed, and the difference by slice. Throws the faults of `runExposure`. */
export async function exposureDifference(
  runtime: Runtime,
  fresh: Freshness,
  {
    run,
    step,
    checkpoint,
    otherRun,
    otherStep,
    otherCheckpoint,
    ...more
  }: Omit<QueryExposureDifferenceArgs, 'asOf'>,
): Promise<ExposureDifference> {
  const first = await runExposure(runtime, fresh, { ...more, run, step, checkpoint });
  const second = await runExposure(runtime, fresh, {
    ...more,
    run: otherRun,
    step: otherStep,
    checkpoint: otherCheckpoint,
  });
  const reasons = [...new Set([first.reason, second.reason])].filter((reason) => reason !== null);
  const lacking = reasons.filter((reason) => reason !== fresh.reason);
  const whole = lacking.reduce<Freshness>((answer, reason) => incomplete(answer, reason), fresh);
  const evidence = merged(
    [first, second].map(({ evidence: positions, evidenceTotal: total }) => ({
      positions: positions.map((text) => parseEventPosition(positionFromText(text))),
      total,
    })),
  );
  const shards = [first, second].flatMap(({ rows }) => rows.flatMap(({ shard }) => shard ?? []));
  const same = await sameShards(runtime.engine.reader, shards, fresh.position);
  return { ...answered(whole, evidence), first, second, rows: differences(first, second, same) };
}

/** Every slice of either exposure. One that the other lacks has 0 there. */
function differences(
  first: Pick<Exposure, 'rows'>,
  second: Pick<Exposure, 'rows'>,
  same: SameShards,
): ExposureDifferenceRow[] {
  /* The two may have consumed one shard under different addresses. */
  const keyOf = ({ slice, unknown, shard, unit }: ExposureRow): string =>
    JSON.stringify([unit, slice, unknown, shard === null ? null : same.members(shard)[0]]);
  const before = new Map(first.rows.map((row) => [keyOf(row), row]));
  const after = new Map(second.rows.map((row) => [keyOf(row), row]));
  const rows = [...new Map([...before, ...after])].map(([key, { slice, unknown, shard, unit }]) => {
    const [left, right] = [before.get(key), after.get(key)];
    const amounts = { first: left?.amount ?? 0, second: right?.amount ?? 0 };
    return {
      slice,
      unknown,
      shard,
      unit,
      ...amounts,
      difference: amounts.second - amounts.first,
      firstShare: left?.share ?? 0,
      secondShare: right?.share ?? 0,
    };
  });
  return rows.toSorted(
    (left, right) =>
      UNITS.indexOf(left.unit) - UNITS.indexOf(right.unit) ||
      Math.abs(right.difference) - Math.abs(left.difference),
  );
}

const UNITS = ['token', 'byte', 'share'];
