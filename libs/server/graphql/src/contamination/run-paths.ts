import { largest } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { consumed, consumedIn, readByOrder, recordedPrefix, wholeHistory } from '@tributary/training';
import type { Consumption, CountedHistory } from '@tributary/training';
import { lastSteps } from '../exposure/unrecorded-steps.ts';
import { inParts } from './in-parts.ts';

/** A path through the steps of a run: those that count, or those behind a checkpoint that a later attempt supersedes. */
export type RunPath = {
  readonly history: CountedHistory;
  readonly consumption: Consumption;
  /** Shards that recorded orders say were read. */
  readonly ordered: readonly RowOf<typeof readByOrder>[];
  /** How far it is recorded without a hole what was consumed. */
  readonly prefix: RowOf<typeof recordedPrefix>;
};

const nothingRecorded = { recorded_to: 0, missing: 0, unnamed_orders: 0 };

type Asked = { readonly run: string; readonly as_of: LogPosition };

/** The steps of a run that count, up to the last one that it is known to have had. */
export async function countedPath(
  reader: SqlReader,
  history: CountedHistory,
  asked: Asked,
): Promise<RunPath> {
  const { run, as_of } = asked;
  const known = await lastSteps(reader, { runs: [run], history, as_of });
  const last_step = largest([0, ...[...known.values()].flatMap(({ step, mark }) => [step, mark])]);
  return readPath(reader, history, { ...asked, last_step });
}

/** What was consumed in a history: by shard, from recorded exposure and from recorded orders. */
async function readPath(
  reader: SqlReader,
  history: CountedHistory,
  { run, as_of, last_step }: Asked & { readonly last_step: number },
): Promise<RunPath> {
  const segments = { run_ids: history.run_ids, attempts: history.attempts, ends: history.ends };
  const [consumption, ordered, prefixes] = await Promise.all([
    consumedIn(reader, history, { run, by: 'shard', as_of }),
    reader.all(readByOrder, { ...segments, of_shards: 'all', shard_ids: [], as_of }),
    reader.all(recordedPrefix, { ...segments, last_step, as_of }),
  ]);
  return { history, consumption, ordered, prefix: prefixes[0] ?? nothingRecorded };
}

/** The paths of attempts up to steps that later attempts supersede, by attempt. */
export async function supersededPaths(
  reader: SqlReader,
  lastSteps: ReadonlyMap<number, number>,
  asked: Asked,
): Promise<Map<number, RunPath>> {
  const paths = new Map<number, RunPath>();
  for (const [attempt, step] of lastSteps) {
    const history = await wholeHistory(reader, { run: asked.run, attempt, step }, asked.as_of);
    paths.set(attempt, await readPath(reader, history, { ...asked, last_step: 0 }));
  }
  return paths;
}

/** The shards that a path read, as their facts name them. */
export const shardsOn = ({ consumption, ordered }: RunPath): string[] => [
  ...consumption.amounts.flatMap(({ shard }) => (shard === '' ? [] : [shard])),
  ...ordered.map(({ shard }) => shard),
];

/** What was consumed of one shard on a path. */
type Use = Pick<RowOf<typeof consumed>, 'unit' | 'whole' | 'methods' | 'first_step' | 'last_step'>;

/** The steps of a path that read a shard, and what they consumed of it by unit. */
export type ShardUse = { readonly first: number; readonly last: number; readonly amounts: readonly Use[] };

/** How a path used some shards: of those that are the same data, `addressOf` gives one. */
export async function usesOn(
  reader: SqlReader,
  { history, ordered }: RunPath,
  {
    shards,
    addressOf,
    as_of,
  }: {
    readonly shards: ReadonlySet<string>;
    readonly addressOf: (shard: string) => string;
    readonly as_of: LogPosition;
  },
): Promise<Map<string, ShardUse>> {
  const uses = new Map<string, ShardUse>();
  const add = (shard: string, steps: Pick<Use, 'first_step' | 'last_step'>, amount: Use | undefined) => {
    const address = addressOf(shard);
    const known = uses.get(address) ?? { first: Infinity, last: -1, amounts: [] };
    uses.set(address, {
      first: Math.min(known.first, steps.first_step),
      last: Math.max(known.last, steps.last_step),
      amounts: amount ? withAmount(known.amounts, amount) : known.amounts,
    });
  };
  const rows = await inParts([...shards], (shard_ids) =>
    reader.all(consumed, { ...history, shard_ids, slices: [], as_of }),
  );
  for (const row of rows) add(row.shard, row, row);
  for (const row of ordered) if (shards.has(row.shard)) add(row.shard, row, undefined);
  return uses;
}

/** Amounts by unit with one more. */
function withAmount(amounts: readonly Use[], { unit, whole, methods, first_step, last_step }: Use): Use[] {
  const same = amounts.find((one) => one.unit === unit);
  if (!same) return [...amounts, { unit, whole, methods, first_step, last_step }];
  const all = new Set([...same.methods.split(','), ...methods.split(',')]);
  const sum: Use = {
    unit,
    whole: same.whole + whole,
    methods: [...all].toSorted().join(','),
    first_step: Math.min(same.first_step, first_step),
    last_step: Math.max(same.last_step, last_step),
  };
  return amounts.map((one) => (one === same ? sum : one));
}
