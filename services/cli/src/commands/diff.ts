import { Option } from 'commander';
import { PLANNED_BY, wholeFrom } from '../horizon.ts';
import type { Horizon } from '../horizon.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { endOf } from '../diff/answers.ts';
import type { Compared } from '../diff/answers.ts';
import { compareMixtures } from '../diff/mixtures.ts';
import { compareRuns } from '../diff/runs.ts';
import type { Section } from '../diff/section.ts';
import { compareSnapshots } from '../diff/snapshots.ts';
import { EXIT, Exit } from '../exit.ts';
import { EntityDocument } from '../generated/documents.ts';
import type { EntityKind, PlannedBy } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { entityNamed } from '../server/entity-named.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { diffText } from '../text/diff.ts';
import type { AsOf } from '../text/format.ts';

/** What two things of one kind differ in. */
export type Diff = {
  readonly kind: string;
  readonly first: string;
  readonly second: string;
  readonly sections: readonly Section[];
  readonly asOf: AsOf;
  readonly complete: boolean;
  readonly reason: string | null;
  readonly lag: number;
};

type Asked = { readonly asOf: string; readonly horizon: Horizon | undefined };

type Compare = (url: string, ids: readonly [string, string], asked: Asked) => Promise<Compared>;

const COMPARES: ReadonlyMap<EntityKind, Compare> = new Map([
  ['run', (url, ids, { asOf }) => compareRuns(url, ids, asOf)],
  ['mixture', compareMixtures],
  ['snapshot', (url, ids, { asOf }) => compareSnapshots(url, ids, asOf)],
]);

type DiffOptions = CommonOptions & {
  readonly at?: string;
  readonly tokens?: number;
  readonly steps?: number;
  readonly by: PlannedBy;
};

export function addDiff(add: AddCommand, context: CliContext): void {
  add('diff', 'what two runs, mixtures or snapshots differ in: configuration, data, scores, shares, shards')
    .argument(
      '<first>',
      'its id, the only id that begins with it, or its name; KIND:ID where several kinds have it',
    )
    .argument('<second>', 'another one of the same kind')
    .addOption(
      new Option('--tokens <number>', 'compare what two mixtures would consume by this horizon').argParser(
        wholeFrom,
      ),
    )
    .addOption(
      new Option('--steps <number>', 'steps of the horizon, where a plan changes with them').argParser(
        wholeFrom,
      ),
    )
    .addOption(
      new Option('--by <part>', 'what to sum the tokens of mixtures by').choices(PLANNED_BY).default('slice'),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (first: string, second: string, { tokens, steps, by, ...options }: DiffOptions) => {
      const horizon = tokens === undefined ? undefined : { tokens, steps, by };
      const diff = await withServer(options, (url) =>
        diffOf(url, [first, second], { at: options.at, horizon }),
      );
      context.print(`${options.json ? JSON.stringify(diff) : diffText(diff)}\n`);
    });
}

async function diffOf(
  url: string,
  names: readonly [string, string],
  { at, horizon }: { readonly at: string | undefined; readonly horizon: Horizon | undefined },
): Promise<Diff> {
  const [first, asOf] = await entityOf(url, names[0], at);
  /* All answers are as of the position of the first. */
  const [second] = await entityOf(url, names[1], asOf.position);
  const compare = COMPARES.get(first.kind);
  if (!compare || first.kind !== second.kind)
    throw new Exit(
      EXIT.usage,
      `${first.id} and ${second.id} cannot be compared: give two runs, two mixtures or two snapshots; exposure RUN@STEP --diff RUN@STEP compares checkpoints`,
    );
  if (horizon && first.kind !== 'mixture')
    throw new Exit(EXIT.usage, `--tokens is a horizon of mixtures, and ${first.id} is none`);
  const asked = { asOf: asOf.position, horizon };
  const { sections, ends } = await compare(url, [first.key, second.key], asked);
  return { kind: first.kind, first: first.key, second: second.key, sections, asOf, ...endOf(ends) };
}

async function entityOf(url: string, text: string, asOf?: string) {
  const id = await entityNamed(url, text, asOf);
  const report = present((await ask(url, EntityDocument, { id, asOf })).entity, url);
  return [report.entity, report.asOf] as const;
}
