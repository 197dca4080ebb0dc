import { parseArgs } from 'node:util';
import type { CopyRequest } from '@tributary/lifecycle';
import type { Copied } from '@tributary/event-log';

export const COPY_USAGE =
  'usage: node dist/ingest.js copy NEW_TOPIC --partitions N [--was N] [--last] [--late]; KAFKA_TOPIC names the topic that is copied';

/** The arguments of `copy`; undefined where they are not understood. */
export function copyRequest(args: readonly string[]): CopyRequest | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        partitions: { type: 'string' },
        was: { type: 'string' },
        last: { type: 'boolean', default: false },
        late: { type: 'boolean', default: false },
      },
    });
    const [to, ...more] = positionals;
    const partitions = count(values.partitions);
    const was = values.was === undefined ? undefined : count(values.was);
    const isUnderstood = more.length === 0 && (values.was === undefined) === (was === undefined);
    if (to === undefined || partitions === undefined || !isUnderstood) return undefined;
    /* What is copied late is what was left, so nobody writes to the old topic any more. */
    const request = { to, partitions, isLast: values.last || values.late, isLate: values.late };
    return was === undefined ? request : { ...request, was };
  } catch {
    return undefined;
  }
}

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;

/** What a run did, and what to do next. */
export function copyText(
  { copied, already, skipped, left }: Copied,
  { from, request }: { readonly from: string; readonly request: CopyRequest },
): string {
  const { to, isLast } = request;
  const lines = [
    `${copied} records of ${from} copied to ${to}, ${already} were copied before` +
      (skipped === 0 ? '' : `, ${skipped} without content left out`),
  ];
  if (left > 0)
    lines.push(
      `${left} records are left: stop everything that writes to ${from}, then run this again with --last`,
    );
  else if (isLast) lines.push(`${to} has every record of ${from}: name it in KAFKA_TOPIC of every service`);
  else
    lines.push(
      `nothing arrived meanwhile: stop everything that writes to ${from}, then run this again with --last`,
    );
  return lines.join('\n');
}
