import { listOf, recordOf } from './json.ts';
import { readMessage } from './message.ts';

/** The number of records in an `ExportLogsServiceRequest {resource_logs = 1 {scope_logs = 2 {log_records = 2}}}`. */
export function recordsOfBytes(bytes: Uint8Array): number {
  let count = 0;
  readMessage(bytes, {
    1: (group) =>
      readMessage(group.bytes(), {
        2: (scope) =>
          readMessage(scope.bytes(), {
            2: (record) => {
              record.bytes();
              count += 1;
            },
          }),
      }),
  });
  return count;
}

export const recordsOfJson = (body: unknown): number =>
  listOf(recordOf(body)['resourceLogs'])
    .flatMap((group) => listOf(group['scopeLogs']))
    .flatMap((scope) => listOf(scope['logRecords'])).length;
