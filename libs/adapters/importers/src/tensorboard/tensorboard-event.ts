import { messageIn } from '../files/protobuf-message.ts';
import type { Message } from '../files/protobuf-message.ts';
import { microsOf } from '../run-history/point.ts';
import { hparamsIn } from './hparams.ts';
import type { HparamsContent } from './hparams.ts';
import { scalarIn } from './tensor-scalar.ts';

/** An event of TensorBoard. `time` is in microseconds since 1970. */
export type TensorBoardEvent = {
  readonly step: number;
  readonly time: number | undefined;
  readonly version: string | undefined;
  readonly scalars: readonly (readonly [tag: string, value: number])[];
  /** Tags of values that are not numbers, such as images and histograms. */
  readonly others: readonly string[];
  readonly session: 'start' | 'stop' | 'checkpoint' | undefined;
  readonly checkpointPath: string | undefined;
  readonly hparams: HparamsContent | undefined;
};

const SESSIONS = [undefined, 'start', 'stop', 'checkpoint'] as const;

/**
 * Parses Event{wall_time=1, step=2, file_version=3, summary=5, session_log=7} and Summary.Value{tag=1, simple_value=2,
 * tensor=8, metadata=9}, as in tensorboard 2.21 (`compat/proto/event_pb2`, `summary_pb2`). Undefined if the bytes are
 * not a protobuf message.
 */
export function tensorBoardEvent(bytes: Uint8Array): TensorBoardEvent | undefined {
  const event = messageIn(bytes);
  if (!event) return undefined;
  const values = event.message(5)?.messages(1) ?? [];
  const tagged = values.map((value) => ({ tag: value.text(1) ?? '', value, number: numberIn(value) }));
  const session = event.message(7);
  return {
    step: event.integer(2) ?? 0,
    time: microsOf(event.double(1)),
    version: event.text(3),
    scalars: tagged.flatMap(({ tag, number }) => (number === undefined ? [] : [[tag, number] as const])),
    others: tagged.flatMap(({ tag, value, number }) =>
      number === undefined && pluginOf(value) !== 'hparams' ? [tag] : [],
    ),
    session: SESSIONS[session?.integer(1) ?? 0],
    checkpointPath: session?.text(2) || undefined,
    hparams: values.flatMap((value) =>
      pluginOf(value) === 'hparams' ? (hparamsIn(contentOf(value)) ?? []) : [],
    )[0],
  };
}

function numberIn(value: Message): number | undefined {
  if (value.has(2)) return value.float(2);
  const tensor = value.message(8);
  return tensor === undefined || pluginOf(value) === 'hparams' ? undefined : scalarIn(tensor);
}

const pluginOf = (value: Message): string | undefined => value.message(9)?.message(1)?.text(1);

const contentOf = (value: Message): Uint8Array => value.message(9)?.message(1)?.bytes(2) ?? new Uint8Array();
