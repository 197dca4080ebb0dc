import { Option } from 'commander';
import type { AddCommand } from '../program.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { runBy } from '../server/run-id.ts';
import type { CommonOptions, Shell } from '../shell.ts';
import { aligned, printable } from '../text/aligned.ts';
import { footer } from '../text/footer.ts';
import type { AsOf } from '../text/footer.ts';
import { count } from '../text/number.ts';

export const RUN_REPORT = /* GraphQL */ `
  query RunReport($run: ID!, $asOf: Position) {
    runReport(run: $run, asOf: $asOf) {
      run
      attempts {
        attempt
        started
        status
        firstStep
        lastStep
        steps
        repeated
        conflicting
        late
        superseded
        interval
        missing
        skipped
        nonfinite
        evidence
      }
      gaps {
        attempt
        from
        to
        steps
      }
      corrections {
        corrected
        by
        type
        reason
        actor
      }
      history {
        run
        attempt
        throughStep
      }
      asOf {
        position
        time
      }
      complete
      lag
    }
  }
`;

type Attempt = {
  readonly attempt: number;
  readonly started: boolean;
  readonly status: string;
  readonly firstStep: number | null;
  readonly lastStep: number | null;
  readonly steps: number;
  readonly repeated: number;
  readonly conflicting: number;
  readonly late: number;
  readonly superseded: number;
  readonly interval: number | null;
  readonly missing: number;
  readonly skipped: number;
  readonly nonfinite: number;
  readonly evidence: readonly string[];
};

type RunReport = {
  readonly run: string;
  readonly attempts: readonly Attempt[];
  readonly gaps: readonly { attempt: number; from: number; to: number; steps: number }[];
  readonly corrections: readonly {
    corrected: string;
    by: string;
    type: string;
    reason: string;
    actor: string;
  }[];
  readonly history: readonly { run: string; attempt: number; throughStep: number | null }[];
  readonly asOf: AsOf;
  readonly complete: boolean;
  readonly lag: number;
};

export function addRun(add: AddCommand, shell: Shell): void {
  add('run', 'what is recorded of a run by attempt: gaps, rewinds, skipped, repeated and late steps')
    .argument('<run>', 'the run, or a prefix of its id that no other run has')
    .addOption(new Option('--at <position>', 'answer as of this position of the log'))
    .action(async (prefix: string, options: CommonOptions & { readonly at?: string }) => {
      const report = await withServer(options, async (url) => {
        const run = await runBy(url, prefix, options.at);
        const answer = await ask<{ runReport: RunReport }>(url, RUN_REPORT, { run, asOf: options.at });
        return answer.runReport;
      });
      shell.print(`${options.json ? JSON.stringify(report) : reportText(report)}\n`);
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
    attemptTable(report.attempts),
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
