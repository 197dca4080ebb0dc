import { InvalidArgumentError, Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { pagesOf } from '../diff/answers.ts';
import { EXIT, Exit } from '../exit.ts';
import { CurveDocument, MetricsDocument } from '../generated/documents.ts';
import type { Buckets, CurveQuery, MetricOrigin, MetricsQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { aligned, brief, count, counted, footer, printable } from '../text/format.ts';

type MetricsOptions = CommonOptions & {
  readonly attempt?: number;
  readonly origin?: MetricOrigin;
  readonly fromStep?: number;
  readonly step?: number;
  readonly buckets?: Buckets;
  readonly at?: string;
};

export function addMetrics(add: AddCommand, context: CliContext): void {
  add('metrics', 'the metrics of a run, whatever they were recorded by, or one of them over its steps')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .argument('[metric]', 'the name of a metric, to show its values')
    .addOption(new Option('--attempt <number>', 'list what this attempt recorded').argParser(whole))
    .addOption(
      new Option('--origin <facts>', 'take the metric from these facts, where several have it').choices([
        'steps',
        'points',
      ]),
    )
    .addOption(new Option('--from-step <step>', 'values from this step on').argParser(whole))
    .addOption(new Option('--step <step>', 'values up to this step, inclusive').argParser(whole))
    .addOption(
      new Option('--buckets <size>', 'buckets of 64 steps, or of 4096 (default: fine)').choices([
        'fine',
        'coarse',
      ]),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (run: string, metric: string | undefined, options: MetricsOptions) => {
      requireFitting(metric, options);
      if (metric === undefined) {
        const metrics = await withServer(options, (url) => metricsOf(url, run, options));
        context.print(`${options.json ? JSON.stringify(metrics) : metricsText(metrics)}\n`);
      } else {
        const curve = await withServer(options, (url) => curveOf(url, { run, metric }, options));
        context.print(`${options.json ? JSON.stringify(curve) : curveText(curve)}\n`);
      }
    });
}

/** Options about the values of one metric. */
const OF_A_METRIC = [
  ['origin', '--origin'],
  ['fromStep', '--from-step'],
  ['step', '--step'],
  ['buckets', '--buckets'],
] as const;

/** Exits with usage where an option is not about what the command shows: a list, or one metric of it. */
function requireFitting(metric: string | undefined, options: MetricsOptions): void {
  if (metric !== undefined && options.attempt !== undefined)
    throw new Exit(
      EXIT.usage,
      '--attempt lists what one attempt recorded, and a curve has the steps that count of all of them: leave out --attempt or the metric',
    );
  const [, option] = OF_A_METRIC.find(([key]) => options[key] !== undefined) ?? [];
  if (metric === undefined && option)
    throw new Exit(EXIT.usage, `${option} is about the values of one metric: name it after the run`);
}

function whole(text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('It is a whole number from 0.');
}

type Page = NonNullable<MetricsQuery['metrics']>;
type Curve = NonNullable<CurveQuery['curve']>;

/** schemas/answers/metrics.json */
type Metrics = Pick<Page, 'run' | 'attempt' | 'asOf' | 'complete' | 'reason' | 'lag'> & {
  readonly metrics: readonly Page['nodes'][number][];
};

/** All pages of the list, as of the position of the first one. */
async function metricsOf(url: string, prefix: string, { attempt, at }: MetricsOptions): Promise<Metrics> {
  const run = await runByPrefix(url, prefix, at);
  let asOf = at;
  const pages = await pagesOf(async (after) => {
    const page = present((await ask(url, MetricsDocument, { run, attempt, after, asOf })).metrics, url);
    asOf ??= page.asOf.position;
    return page;
  });
  const [{ nodes: _nodes, pageInfo: _pageInfo, ...first }] = pages;
  return { ...first, metrics: pages.flatMap(({ nodes }) => nodes) };
}

async function curveOf(
  url: string,
  { run: prefix, metric }: { readonly run: string; readonly metric: string },
  { origin, fromStep, step: toStep, buckets, at }: MetricsOptions,
): Promise<Curve> {
  const run = await runByPrefix(url, prefix, at);
  const asked = { run, metric, origin, fromStep, toStep, buckets, asOf: at };
  return present((await ask(url, CurveDocument, asked)).curve, url);
}

const right = { align: 'right' } as const;

function metricsText(answer: Metrics): string {
  const columns = [
    { title: 'metric' },
    { title: 'from' },
    { title: 'values', ...right },
    { title: 'not finite', ...right },
    { title: 'first step', ...right },
    { title: 'last step', ...right },
    { title: 'unit' },
    { title: 'counted' },
  ];
  const step = (value: number | null): string => (value === null ? '-' : value.toLocaleString('en-US'));
  const rows = answer.metrics.map((metric) => [
    metric.name,
    metric.origin,
    count(metric.values),
    count(metric.nonfinite),
    step(metric.firstStep),
    step(metric.lastStep),
    metric.unit ?? '-',
    metric.methods.join(', ') || '-',
  ]);
  const of = answer.attempt === null ? '' : ` of attempt ${answer.attempt}`;
  return [
    `${printable(answer.run)}: ${counted(rows.length, 'metric')}${of}`,
    '',
    ...(rows.length > 0 ? [aligned(columns, rows), ''] : []),
    footer(answer),
  ].join('\n');
}

function curveText(answer: Curve): string {
  const columns = ['step', 'values', 'lowest', 'mean', 'highest'].map((title) => ({ title, ...right }));
  const rows = answer.points.map(({ step, values, low, mean, high }) => [
    count(step),
    count(values),
    brief(low),
    brief(mean),
    brief(high),
  ]);
  const from = answer.origin === null ? '' : `, from ${answer.origin}`;
  return [
    `${printable(answer.run)}: ${printable(answer.metric)} in buckets of ${answer.bucketSteps} steps${from}`,
    '',
    ...(rows.length > 0 ? [aligned(columns, rows), ''] : []),
    footer(answer),
  ].join('\n');
}
