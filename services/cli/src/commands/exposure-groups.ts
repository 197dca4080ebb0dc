import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { ExposureGroupsDocument } from '../generated/documents.ts';
import type { ExposureGrouping } from '../generated/documents.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import type { ExposureGroups } from '../text/exposure-groups.ts';

/** What exposure of several runs can be grouped by. */
const GROUPINGS = ['run', 'domain', 'slice', 'shard', 'source', 'licence', 'attribute', 'window'] as const;

export type GroupOptions = {
  readonly groupBy?: readonly ExposureGrouping[];
  readonly experiment?: string;
  readonly attribute?: string;
  readonly windows?: number;
  readonly every?: number;
  readonly fromStep?: number;
  readonly step?: number;
  readonly only?: readonly Filter[];
  readonly first?: number;
  readonly at?: string;
};

type Filter = { readonly part: FilterPart; readonly name: string };
type FilterPart = (typeof FILTERS)[number];

/** What groups can be filtered by, and the argument of each. */
const FILTERS = ['domain', 'slice', 'shard', 'source', 'licence', 'attribute'] as const;

/** The options of `exposure` that are about groups. */
export function addGroupOptions(command: Command, numberFrom: (text: string) => number): Command {
  return command
    .addOption(
      new Option(
        '--group-by <parts>',
        `sum over runs by up to four of ${GROUPINGS.join(', ')}, with commas between`,
      )
        .argParser(groupingsFrom)
        .conflicts(['checkpoint', 'inherited', 'diff', 'drift', 'plot', 'by']),
    )
    .addOption(new Option('--experiment <id>', 'with --group-by: all runs of an experiment'))
    .addOption(
      new Option('--only <part=name>', 'with --group-by: only this part, such as slice=code; may be repeated')
        .argParser(filterFrom)
        .default(undefined),
    )
    .addOption(
      new Option('--from-step <step>', 'with --group-by: only steps from this one on').argParser(numberFrom),
    )
    .addOption(new Option('--first <n>', 'with --group-by: groups that are listed').argParser(numberFrom));
}

function groupingsFrom(text: string): ExposureGrouping[] {
  return text.split(',').map((part) => {
    const known = GROUPINGS.find((one) => one === part.trim());
    if (known) return known;
    throw new InvalidArgumentError(`${part} is none of ${GROUPINGS.join(', ')}.`);
  });
}

function filterFrom(text: string, before: readonly Filter[] | undefined): Filter[] {
  const at = text.indexOf('=');
  const part = FILTERS.find((one) => one === text.slice(0, at));
  if (!part) throw new InvalidArgumentError(`It is one of ${FILTERS.join(', ')}, then = and a name.`);
  return [...(before ?? []), { part, name: text.slice(at + 1) }];
}

/** What several runs consumed, by groups. */
export async function groupsOf(
  url: string,
  prefix: string | undefined,
  { groupBy = [], experiment, attribute, windows, every, fromStep, step, only, first, at }: GroupOptions,
): Promise<ExposureGroups> {
  const runs = prefix === undefined ? undefined : [await runByPrefix(url, prefix, at)];
  const named = (part: FilterPart) => {
    const names = (only ?? []).filter((filter) => filter.part === part).map(({ name }) => name);
    return names.length === 0 ? undefined : names;
  };
  const { exposureGroups } = await ask(url, ExposureGroupsDocument, {
    runs,
    experiment,
    by: [...groupBy],
    attribute,
    windows,
    every,
    fromStep,
    toStep: step,
    domains: named('domain'),
    slices: named('slice'),
    shards: named('shard'),
    sources: named('source'),
    licences: named('licence'),
    values: named('attribute'),
    first,
    asOf: at,
  });
  return present(exposureGroups, url);
}
