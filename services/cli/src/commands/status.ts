import { deadLettersCounted } from '../dead-letters.ts';
import { StatusDocument } from '../generated/documents.ts';
import type { StatusQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { aligned, count, counted, footer, printable } from '../text/format.ts';

type Status = StatusQuery['status'];

export function addStatus(add: AddCommand, context: CliContext): void {
  add('status', 'positions of log and tables, lag and counts').action(async (options: CommonOptions) => {
    const { status } = await withServer(options, (url) => ask(url, StatusDocument, {}));
    context.print(`${options.json ? JSON.stringify(statusAnswer(status)) : statusText(status)}\n`);
  });
}

/** schemas/answers/status.json */
export const statusAnswer = (status: Status) => ({
  ...status,
  counts: Object.fromEntries(status.counts.map((entry) => [entry.type, entry.count])),
});

export function statusText(status: Status): string {
  const columns = [{ title: 'type' }, { title: 'events', align: 'right' as const }];
  const rows = status.counts.map((entry) => [entry.type, count(entry.count)]);
  const { log, projected, lag, complete, unprojected, deadLetters, fault } = status;
  const left = `${counted(unprojected, 'event')} left out of the tables`;
  const reason = fault ?? (unprojected > 0 ? left : null);
  return [
    `tributary ${status.version}, data in ${printable(status.directory)}`,
    `log at ${log.position}, tables at ${projected.position}, lag ${count(lag)}`,
    '',
    aligned(columns, rows),
    '',
    `dead letters: ${deadLettersCounted(deadLetters)}`,
    ...(unprojected > 0 ? [left] : []),
    ...status.readinessConditions.map(({ code, detail }) => `${code}: ${printable(detail)}`),
    ...(deadLetters.parked > 0 ? ['see them with: tributary dead-letters'] : []),
    footer({ asOf: log, complete, lag, reason }),
  ].join('\n');
}
