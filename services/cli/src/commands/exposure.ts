import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { ExposureDocument } from '../generated/documents.ts';
import type { ExposureBy, ExposureQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { differenceOf, differenceText } from './exposure-difference.ts';
import { EXIT, Exit } from '../exit.ts';
import { addGroupOptions, groupsOf } from './exposure-groups.ts';
import type { GroupOptions } from './exposure-groups.ts';
import { groupsText } from '../text/exposure-groups.ts';
import { driftOf } from './exposure-drift.ts';
import { distributionPlot, driftPlot, exposurePlot, plotOption, writePicture } from './plot.ts';
import { driftText } from '../text/drift.ts';
import { aligned, brief, count, counted, footer, percent, printable } from '../text/format.ts';

export type Exposure = NonNullable<ExposureQuery['exposure']>;

type ExposureOptions = CommonOptions &
  GroupOptions & {
    readonly step?: number;
    readonly checkpoint?: string;
    readonly inherited?: boolean;
    readonly by: ExposureBy;
    readonly attribute?: string;
    readonly at?: string;
    readonly diff?: string;
    readonly drift?: boolean;
    readonly windows?: number;
    readonly every?: number;
    readonly tolerance?: number;
    readonly plot?: string;
    readonly cumulative?: boolean;
  };

/** What exposure can be grouped by. */
export const PARTS = ['domain', 'slice', 'shard', 'source', 'licence', 'attribute'];

export function addExposure(add: AddCommand, context: CliContext): void {
  const command = add(
    'exposure',
    'what a run consumed up to a step or a checkpoint, by slice, shard, source, licence or attribute',
  )
    .argument('[run]', 'the run, or an unambiguous prefix of its id; RUN@STEP or RUN@CHECKPOINT with --diff')
    .addOption(new Option('--step <step>', 'up to this step, inclusive').argParser(stepFrom))
    .addOption(new Option('--checkpoint <id>', 'up to this checkpoint of the run').conflicts('step'))
    .addOption(new Option('--inherited', 'with what the checkpoint had consumed that the run started from'))
    .addOption(new Option('--by <part>', 'what to sum by').choices(PARTS).default('domain'))
    .addOption(new Option('--attribute <name>', 'the attribute, with --by attribute'))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .addOption(
      new Option('--diff <other>', 'what RUN, RUN@STEP or RUN@CHECKPOINT consumed more or less').conflicts([
        'step',
        'checkpoint',
      ]),
    );
  addWindowOptions(command);
  addGroupOptions(command, numberFrom).action(async (run: string | undefined, options: ExposureOptions) => {
    if (run === undefined && options.groupBy === undefined)
      throw new Exit(
        EXIT.usage,
        "missing required argument 'run'; several runs are added up with --group-by",
      );
    context.print(`${await withServer(options, (url) => answerText(url, run, options))}\n`);
  });
}

/** The options about windows of steps, and of their pictures. */
const addWindowOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--drift', 'planned and realised shares, window by window').conflicts([
        'step',
        'checkpoint',
        'inherited',
        'attribute',
        'diff',
      ]),
    )
    .addOption(
      new Option(
        '--windows <number>',
        'windows of equally many steps with --drift or --plot, at most 100; 10 if absent',
      )
        .argParser(numberFrom)
        .conflicts('every'),
    )
    .addOption(
      new Option('--every <steps>', 'steps of a window with --drift or --plot').argParser(numberFrom),
    )
    .addOption(
      new Option('--tolerance <distance>', 'largest L1 distance within tolerance; 0.05 if absent').argParser(
        distanceFrom,
      ),
    )
    .addOption(
      plotOption(
        'draw shares over the steps, planned below consumed; with --drift the distance, by attribute its distribution',
      ).conflicts(['step', 'checkpoint', 'inherited', 'diff']),
    )
    .addOption(new Option('--cumulative', 'with --plot: everything up to each step').conflicts('drift'));

async function answerText(url: string, run: string | undefined, options: ExposureOptions): Promise<string> {
  if (options.groupBy !== undefined) {
    const groups = await groupsOf(url, run, options);
    return options.json ? JSON.stringify(groups) : groupsText(groups);
  }
  return runText(url, run ?? '', options);
}

async function runText(url: string, run: string, options: ExposureOptions): Promise<string> {
  const { diff, json, plot } = options;
  if (diff !== undefined) {
    const difference = await differenceOf(url, [run, diff], options);
    return json ? JSON.stringify(difference) : differenceText(difference);
  }
  if (options.drift === true) {
    const drift = await driftOf(url, run, options);
    if (plot !== undefined) writePicture(plot, driftPlot(drift));
    return json ? JSON.stringify(drift) : driftText(drift);
  }
  const exposure = await exposureOf(url, run, options);
  if (plot !== undefined && options.by === 'attribute') {
    writePicture(plot, distributionPlot(exposure));
  } else if (plot !== undefined) {
    const { run: id, asOf } = exposure;
    const drift = await driftOf(url, id, { ...options, at: asOf.position });
    writePicture(plot, exposurePlot(exposure, drift, options.cumulative === true));
  }
  return json ? JSON.stringify(exposureAnswer(exposure)) : exposureText(exposure);
}

function stepFrom(text: string): number {
  const step = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(step)) return step;
  throw new InvalidArgumentError('A step is an integer, zero or above.');
}

function numberFrom(text: string): number {
  const value = Number(text);
  if (/^[1-9]\d*$/.test(text) && value < 2 ** 31) return value;
  throw new InvalidArgumentError('It is an integer above zero.');
}

function distanceFrom(text: string): number {
  const value = Number(text);
  if (/\d/.test(text) && value >= 0 && value <= 2) return value;
  throw new InvalidArgumentError('It is a number from 0 to 2.');
}

async function exposureOf(
  url: string,
  prefix: string,
  { at, ...options }: ExposureOptions,
): Promise<Exposure> {
  const run = await runByPrefix(url, prefix, at);
  const { step, checkpoint, inherited, by, attribute } = options;
  const asked = { run, step, checkpoint, inherited, by, attribute, asOf: at };
  const { exposure } = await ask(url, ExposureDocument, asked);
  return present(exposure, url);
}

/** schemas/answers/exposure.json */
export const exposureAnswer = (exposure: Exposure) => ({
  ...exposure,
  rows: exposure.rows.map(({ shard, same, ...row }) => ({
    ...row,
    ...(shard !== null && { shard }),
    ...(same.length > 0 && { same }),
  })),
});

function exposureText(exposure: Exposure): string {
  const { run, step, checkpoint, totals, prorated } = exposure;
  const end = checkpoint === null ? '' : `checkpoint ${printable(checkpoint)}, `;
  const upTo = step === null ? 'nothing recorded' : `up to ${end}step ${count(step)}`;
  const inAll = totals.map(({ unit, amount }) => `${inUnit(unit)(amount)} ${unit}`).join(' and ') || '0';
  const units = totals.length === 0 ? [null] : totals.map(({ unit }) => unit);
  const them = prorated === 1 ? 'it' : 'them';
  return [
    `${printable(run)}, ${upTo}: ${inAll} in all`,
    '',
    ...units.flatMap((unit) => [tableOf(exposure, unit), '']),
    ...(prorated === 0
      ? []
      : [
          `of ${counted(prorated, 'recorded range')} only some steps count: that share of ${them} is inferred`,
        ]),
    footer(exposure),
  ].join('\n');
}

const inUnit = (unit: Exposure['unit']) => (unit === 'share' || unit === null ? brief : count);

type Row = Exposure['rows'][number];
type Shown = { readonly title: string; readonly align?: 'right'; readonly cell: (row: Row) => string };

/** What was inherited and repeated has a column where anything was. */
function tableOf({ by, attribute, rows }: Exposure, unit: Exposure['unit']): string {
  const shown = rows.filter((row) => row.unit === unit);
  const amount = inUnit(unit);
  const align = 'right';
  const columns: Shown[] = [
    { title: attribute ?? by, cell: (row) => nameOf(by, row) },
    ...(by === 'shard' ? [{ title: 'of slice', cell: ({ slice }: Row) => slice }] : []),
    { title: amountsIn(unit), align, cell: (row) => amount(row.amount) },
    ...(shown.some(({ inherited }) => inherited > 0)
      ? [{ title: 'inherited', align, cell: ({ inherited }: Row) => amount(inherited) } as const]
      : []),
    { title: 'of total', align, cell: ({ share }) => percent(share) },
    ...(shown.some(({ repetition }) => repetition !== null)
      ? [{ title: 'epochs', align, cell: ({ repetition }: Row) => brief(repetition) } as const]
      : []),
    { title: 'counted', cell: ({ method }) => method },
  ];
  return aligned(
    columns,
    shown.map((row) => columns.map(({ cell }) => cell(row))),
  );
}

const amountsIn = (unit: Exposure['unit']): string =>
  unit === 'share' ? 'share as recorded' : `${unit ?? 'amount'}s`;

const nameOf = (by: ExposureBy, { slice, shard, same, unknown }: Row): string => {
  if (unknown) return '(unknown)';
  return by === 'shard' ? [shard ?? '', ...same].join(' = ') : slice;
};
