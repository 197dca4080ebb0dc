import { Option } from 'commander';
import { RunReportDocument } from '../generated/documents.ts';
import type { RunReportQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { aligned, count, footer, printable } from '../text/format.ts';

type RunReport = NonNullable<RunReportQuery['runReport']>;
type Attempt = RunReport['attempts'][number];

export function addRun(add: AddCommand, context: CliContext): void {
  add('run', 'what is recorded of a run by attempt: gaps, rewinds, skipped, repeated and late steps')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (prefix: string, options: CommonOptions & { readonly at?: string }) => {
      const report = await withServer(options, async (url) => {
        const run = await runByPrefix(url, prefix, options.at);
        const { runReport } = await ask(url, RunReportDocument, { run, asOf: options.at });
        return present(runReport, url);
      });
      context.print(`${options.json ? JSON.stringify(report) : reportText(report)}\n`);
    });
}

/** Gaps and corrections are listed in full as JSON. */
const LISTED = 10;

function reportText(report: RunReport): string {
  const gaps = report.gaps.map(
    ({ attempt, from, to, steps }) =>
      `attempt ${attempt} has no steps ${count(from)} to ${count(to)} (${count(steps)} missing)`,
  );
  const corrections = report.corrections.map(
    ({ corrected, by, type, reason, actor }) =>
      `${type} at position ${corrected} is corrected by ${by}: ${printable(reason)} (${printable(actor)})`,
  );
  return [
    printable(report.run),
    '',
    report.attempts.length === 0 ? 'no attempt is recorded' : attemptTable(report.attempts),
    '',
    ...listed(gaps, 'gaps'),
    ...listed(corrections, 'corrections'),
    `counts: ${report.history.map(segmentText).join(', then ') || 'nothing'}`,
    footer(report),
  ].join('\n');
}

function attemptTable(attempts: readonly Attempt[]): string {
  const right = { align: 'right' as const };
  const counts = [
    'steps',
    'missing',
    'skipped',
    'nonfinite',
    'repeated',
    'conflicting',
    'late',
    'superseded',
  ] as const;
  const columns = [
    { title: 'attempt', ...right },
    { title: 'status' },
    { title: 'from', ...right },
    { title: 'to', ...right },
    ...counts.map((title) => ({ title, ...right })),
  ];
  const step = (value: number | null): string => (value === null ? '-' : count(value));
  const rows = attempts.map((attempt) => [
    String(attempt.attempt),
    attempt.started ? attempt.status : `${attempt.status}, start not recorded`,
    step(attempt.firstStep),
    step(attempt.lastStep),
    ...counts.map((name) => count(attempt[name])),
  ]);
  return aligned(columns, rows);
}

function listed(lines: readonly string[], what: string): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - LISTED;
  return [...lines.slice(0, LISTED), ...(more > 0 ? [`… and ${count(more)} more ${what}`] : []), ''];
}

const segmentText = ({ run, attempt, throughStep }: RunReport['history'][number]): string =>
  `${printable(run)} attempt ${attempt}${throughStep === null ? '' : ` through step ${count(throughStep)}`}`;
