import { messageIn } from '../files/protobuf-message.ts';
import type { Message } from '../files/protobuf-message.ts';
import { microsOf } from '../run-history/point.ts';

/**
 * Data of the hparams plugin of TensorBoard: the start or the end of a session. Times are in microseconds since 1970.
 */
export type HparamsContent =
  | {
      readonly kind: 'start';
      readonly config: Readonly<Record<string, unknown>>;
      readonly group: string | undefined;
    }
  | {
      readonly kind: 'end';
      readonly status: 'completed' | 'failed' | 'stopped';
      readonly time: number | undefined;
    };

/**
 * Parses HParamsPluginData{session_start_info=3, session_end_info=4}, SessionStartInfo{hparams=1, group_name=4} and
 * SessionEndInfo{status=1, end_time_secs=2}, as in tensorboard 2.21 (`plugins/hparams/plugin_data_pb2`).
 */
export function hparamsIn(content: Uint8Array): HparamsContent | undefined {
  const plugin = messageIn(content);
  const start = plugin?.message(3);
  if (start) {
    const config = start.messages(1).flatMap((entry): [string, unknown][] => {
      const value = entry.message(2);
      return value ? [[entry.text(1) ?? '', valueIn(value)]] : [];
    });
    return { kind: 'start', config: Object.fromEntries(config), group: start.text(4) || undefined };
  }
  const end = plugin?.message(4);
  if (!end) return undefined;
  const status = ({ 1: 'completed', 2: 'failed' } as const)[end.integer(1) ?? 0];
  return status === undefined ? undefined : { kind: 'end', status, time: microsOf(end.double(2)) };
}

/** Parses the kinds of google.protobuf.Value that hyperparameters have: number, string and boolean. */
function valueIn(value: Message): unknown {
  if (value.has(2)) return value.double(2);
  if (value.has(3)) return value.text(3);
  return value.has(4) ? value.integer(4) === 1 : null;
}
