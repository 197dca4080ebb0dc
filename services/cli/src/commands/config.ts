import { InvalidArgumentError, Option } from 'commander';
import { pointerOf } from '@tributary/json';
import type { CommonOptions, CliContext } from '../context.ts';
import { endOf, pagesOf } from '../diff/answers.ts';
import { RunConfigDocument, RunEnvironmentDocument } from '../generated/documents.ts';
import type { RunConfigQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { aligned, footer, printable } from '../text/format.ts';
import type { AsOf } from '../text/format.ts';

type ConfigOptions = CommonOptions & { readonly attempt?: number; readonly at?: string };

export function addConfig(add: AddCommand, context: CliContext): void {
  add('config', 'what a run was configured with and what it ran on, each value with the fact that says it')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .addOption(
      new Option('--attempt <number>', 'the start of this attempt instead of the newest').argParser(attempt),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (run: string, options: ConfigOptions) => {
      const settings = await withServer(options, (url) => settingsOf(url, run, options));
      context.print(`${options.json ? JSON.stringify(settings) : settingsText(settings)}\n`);
    });
}

function attempt(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('It is a whole number from 1.');
}

type Settings = NonNullable<RunConfigQuery['run']>['config'];
type Setting = Settings['nodes'][number];

/** schemas/answers/config.json */
type Configured = {
  readonly run: string;
  readonly config: readonly Setting[];
  readonly environment: readonly Setting[];
  readonly asOf: AsOf;
  readonly complete: boolean;
  readonly reason: string | null;
  readonly lag: number;
};

/** Both parts, as of the position of the first answer. */
async function settingsOf(url: string, prefix: string, options: ConfigOptions): Promise<Configured> {
  const id = await runByPrefix(url, prefix, options.at);
  const asked = { id, attempt: options.attempt };
  const { asOf, lag } = present((await ask(url, RunConfigDocument, { ...asked, asOf: options.at })).run, url);
  const at = { ...asked, asOf: asOf.position };
  const config = await pagesOf(
    async (after) => present((await ask(url, RunConfigDocument, { ...at, after })).run, url).config,
  );
  const environment = await pagesOf(
    async (after) => present((await ask(url, RunEnvironmentDocument, { ...at, after })).run, url).environment,
  );
  const ends = [...config, ...environment].map(({ complete, reason }) => ({ complete, reason, lag }));
  return {
    run: id,
    config: config.flatMap(({ nodes }) => nodes),
    environment: environment.flatMap(({ nodes }) => nodes),
    asOf,
    ...endOf(ends),
  };
}

const settingsText = (answer: Configured): string =>
  [
    printable(answer.run),
    '',
    ...table('configuration', answer.config),
    ...table('environment', answer.environment),
    footer(answer),
  ].join('\n');

/** Values are last, because one may be long, and no row is padded for it there. */
function table(title: string, settings: readonly Setting[]): string[] {
  if (settings.length === 0) return [`${title}: nothing is recorded`, ''];
  const rows = settings.map(({ path, value, type, attempt: of, evidence, corrects }) => [
    pointerOf(path),
    [
      `${type} at ${evidence}`,
      ...(of === null ? [] : [`attempt ${of}`]),
      ...(corrects === null ? [] : [`corrects ${corrects}`]),
    ].join(', '),
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return [aligned([{ title }, { title: 'recorded by' }, { title: 'value' }], rows), ''];
}
