import { InvalidArgumentError, Option } from 'commander';
import { ExposureDocument } from '../generated/documents.ts';
import type { ExposureBy, ExposureQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { aligned, brief, count, counted, footer, percent, printable } from '../text/format.ts';

export type Exposure = NonNullable<ExposureQuery['exposure']>;

type ExposureOptions = CommonOptions & {
  readonly step?: number;
  readonly by: ExposureBy;
  readonly at?: string;
};

export function addExposure(add: AddCommand, context: CliContext): void {
  add('exposure', 'what a run consumed up to a step, by slice')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .addOption(new Option('--step <step>', 'up to this step, inclusive').argParser(stepFrom))
    .addOption(
      new Option('--by <part>', 'what to sum by').choices(['domain', 'slice', 'shard']).default('domain'),
    )
    .addOption(new Option('--at <position>', 'answer as of this position of the log'))
    .action(async (prefix: string, options: ExposureOptions) => {
      const exposure = await withServer(options, (url) => exposureOf(url, prefix, options));
      context.print(`${options.json ? JSON.stringify(exposureAnswer(exposure)) : exposureText(exposure)}\n`);
    });
}

function stepFrom(text: string): number {
  const step = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(step)) return step;
  throw new InvalidArgumentError('A step is an integer, zero or above.');
}

async function exposureOf(url: string, prefix: string, { step, by, at }: ExposureOptions): Promise<Exposure> {
  const run = await runByPrefix(url, prefix, at);
  const { exposure } = await ask(url, ExposureDocument, { run, step, by, asOf: at });
  return present(exposure, url);
}

/** schemas/answers/exposure.json */
export const exposureAnswer = (exposure: Exposure) => ({
  ...exposure,
  rows: exposure.rows.map(({ shard, ...row }) => (shard === null ? row : { ...row, shard })),
});

function exposureText(exposure: Exposure): string {
  const { run, step, totals, prorated } = exposure;
  const upTo = step === null ? 'nothing recorded' : `up to step ${count(step)}`;
  const inAll = totals.map(({ unit, amount }) => `${inUnit(unit)(amount)} ${unit}`).join(' and ') || '0';
  const units = totals.length === 0 ? [null] : totals.map(({ unit }) => unit);
  return [
    `${printable(run)}, ${upTo}: ${inAll} in all`,
    '',
    ...units.flatMap((unit) => [tableOf(exposure, unit), '']),
    ...(prorated === 0
      ? []
      : [
          `of ${counted(prorated, 'recorded range')} only some steps count: that share of ${prorated === 1 ? 'it' : 'them'} is inferred`,
        ]),
    footer(exposure),
  ].join('\n');
}

const inUnit = (unit: Exposure['unit']) => (unit === 'share' || unit === null ? brief : count);

function tableOf({ by, rows }: Exposure, unit: Exposure['unit']): string {
  const right = { align: 'right' as const };
  const columns = [
    { title: by },
    ...(by === 'shard' ? [{ title: 'of slice' }] : []),
    { title: unit === 'share' ? 'share as recorded' : `${unit ?? 'amount'}s`, ...right },
    { title: 'of total', ...right },
    { title: 'counted' },
  ];
  const lines = rows
    .filter((row) => row.unit === unit)
    .map((row) => [
      ...(by === 'shard' ? [row.shard ?? '', row.slice] : [row.slice]),
      inUnit(unit)(row.amount),
      percent(row.share),
      row.method,
    ]);
  return aligned(columns, lines);
}
