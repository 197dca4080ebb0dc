import { parsedJson } from '../files/untyped-values.ts';
import { messageIn } from '../files/protobuf-message.ts';
import type { Message } from '../files/protobuf-message.ts';
import { microsOf } from '../run-history/point.ts';

/**
 * Records of `wandb_internal.proto` that describe a run. Field numbers are those of wandb 0.31.0
 * (`wandb/proto/wandb_internal_pb2`); versions 0.10 to 0.31 agree. Host, entity, user, paths and arguments are personal
 * and not read.
 */
export type WandbRecord =
  | { readonly kind: 'run'; readonly run: WandbRun }
  | { readonly kind: 'config'; readonly config: Values }
  | { readonly kind: 'history'; readonly values: Values; readonly step: number | undefined }
  | { readonly kind: 'stats'; readonly values: Values; readonly time: number | undefined }
  | { readonly kind: 'machine'; readonly gpu?: string | undefined; readonly commit?: string | undefined }
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'other' };

export type Values = readonly (readonly [key: string, value: unknown])[];

export type WandbRun = {
  readonly runId: string;
  readonly project: string | undefined;
  readonly name: string | undefined;
  readonly config: Values;
  readonly tags: readonly string[];
  /** Microseconds since 1970. */
  readonly startTime: number | undefined;
  readonly commit: string | undefined;
  readonly branch: { readonly runId: string; readonly step: number } | undefined;
};

/** Field numbers of the members of Record that are read. */
const RECORD = { history: 2, summary: 3, config: 5, stats: 7, run: 17, exit: 18, environment: 26 } as const;

/** Parses a record; undefined if the bytes are not a protobuf message. */
export function wandbRecord(bytes: Uint8Array): WandbRecord | undefined {
  const record = messageIn(bytes);
  if (!record) return undefined;
  const run = record.message(RECORD.run);
  if (run) return { kind: 'run', run: runIn(run) };
  const history = record.message(RECORD.history);
  if (history) return historyIn(history);
  const config = record.message(RECORD.config);
  if (config) return { kind: 'config', config: itemsIn(config, 1) };
  return plainRecord(record);
}

function plainRecord(record: Message): WandbRecord {
  const stats = record.message(RECORD.stats);
  if (stats) return { kind: 'stats', values: itemsIn(stats, 3), time: timestampIn(stats.message(2)) };
  const environment = record.message(RECORD.environment);
  if (environment) {
    const gpu = [environment.integer(19), environment.text(18)].filter(
      (part) => part !== undefined && part !== '',
    );
    const commit = environment.message(9)?.text(2);
    return { kind: 'machine', gpu: environment.text(18) ? gpu.join(' × ') : undefined, commit };
  }
  const exit = record.message(RECORD.exit);
  return exit ? { kind: 'exit', code: exit.integer(1) ?? 0 } : { kind: 'other' };
}

function runIn(run: Message): WandbRun {
  const config = run.message(4);
  return {
    runId: run.text(1) ?? '',
    project: run.text(3) || undefined,
    name: run.text(8) || undefined,
    config: config ? itemsIn(config, 1) : [],
    tags: run.texts(10),
    startTime: timestampIn(run.message(17)),
    commit: run.message(21)?.text(2) || undefined,
    branch: branchIn(run.message(23)),
  };
}

function branchIn(branch: Message | undefined): WandbRun['branch'] {
  const runId = branch?.text(1);
  return runId ? { runId, step: Math.max(0, Math.trunc(branch?.double(2) ?? 0)) } : undefined;
}

const historyIn = (history: Message): WandbRecord => ({
  kind: 'history',
  values: itemsIn(history, 1),
  step: history.has(2) ? (history.message(2)?.integer(1) ?? 0) : undefined,
});

/** The items of a record: `key` or `nested_key` (joined with dots, like in W&B) with a value. */
function itemsIn(message: Message, field: number): Values {
  return message.messages(field).map((item) => {
    const nested = item.texts(2);
    const key = nested.length > 0 ? nested.join('.') : (item.text(1) ?? '');
    return [key, valueIn(item)] as const;
  });
}

/**
 * The value of an item. Most values are JSON as Python writes it; newer items can hold a boolean, integer, number or
 * string.
 */
function valueIn(item: Message): unknown {
  const json = item.text(16) ?? item.text(8);
  if (json !== undefined) return parsedJson(json);
  if (item.has(4)) return item.integer(4) === 1;
  return item.zigzag(5) ?? item.double(6) ?? item.text(7) ?? null;
}

/** google.protobuf.Timestamp in microseconds since 1970. */
function timestampIn(timestamp: Message | undefined): number | undefined {
  const whole = microsOf(timestamp?.integer(1));
  return whole === undefined ? undefined : whole + Math.floor((timestamp?.integer(2) ?? 0) / 1000);
}
