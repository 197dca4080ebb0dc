import { userInfo } from 'node:os';
import { Option } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import {
  AliasesDocument,
  DeclareAliasDocument,
  ShardAliasesDocument,
  WithdrawAliasDocument,
} from '../generated/documents.ts';
import type { AliasesQuery, AliasKind, ShardAliasesQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { actorFor, WHO_ACTS } from '../server/credential.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { aliasText, aliasesText, sameText } from '../text/aliases.ts';

export type AliasPage = AliasesQuery['aliases'];
export type ShardAliases = NonNullable<ShardAliasesQuery['shardAliases']>;

type AliasOptions = CommonOptions & {
  readonly rule?: Exclude<AliasKind, 'pair'>;
  readonly undo?: true;
  readonly reason: string;
  readonly actor?: string;
};

type AliasesOptions = CommonOptions & { readonly at?: string };

const PAGE = 1_000;

export function addAlias(add: AddCommand, context: CliContext): void {
  add('alias', 'record that two addresses of shards name the same data')
    .argument('<address>', 'the id of a shard; with --rule the part of ids that differs')
    .argument('<other>', 'its other id; with --rule what stands in its place')
    .addOption(
      new Option('--rule <part>', 'all ids that differ only in how they begin, end, or in folders').choices([
        'prefix',
        'suffix',
        'segment',
      ]),
    )
    .option('--undo', 'record that it does not hold any more')
    .requiredOption('--reason <text>', 'why')
    .option('--actor <name>', WHO_ACTS)
    .action(async (address: string, other: string, options: AliasOptions) => {
      const { rule, undo, reason, actor } = options;
      const kind: AliasKind = rule ?? 'pair';
      const outcome = await withServer(options, async (url) => {
        const by = actorFor(url, actor, () => userInfo().username);
        const variables = { kind, address, other, reason, actor: by };
        return undo
          ? (await ask(url, WithdrawAliasDocument, variables)).withdrawAlias
          : (await ask(url, DeclareAliasDocument, variables)).declareAlias;
      });
      if ('refusal' in outcome) throw new Exit(EXIT.failed, outcome.text, outcome.refusal);
      const stated = { kind, address, other, holds: !undo, position: outcome.position };
      context.print(`${options.json ? JSON.stringify(stated) : aliasText(stated)}\n`);
    });
  add('aliases', 'list aliases, or the shards that are the same data as one')
    .argument('[shard]', 'what is the same as this shard, and what only looks like it')
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (shard: string | undefined, options: AliasesOptions) =>
      shard === undefined ? showAliases(context, options) : showShard(context, shard, options),
    );
}

async function showAliases(context: CliContext, { at, ...options }: AliasesOptions): Promise<void> {
  const list = await withServer(options, (url) => allAliases(url, at));
  const { nodes: aliases, totalCount: total, asOf, complete, reason, lag } = list;
  const answer = { aliases, total, asOf, complete, reason, lag };
  context.print(`${options.json ? JSON.stringify(answer) : aliasesText(list)}\n`);
}

/** All aliases, as of the position of the first page. */
async function allAliases(url: string, at: string | undefined): Promise<AliasPage> {
  const first = (await ask(url, AliasesDocument, { first: PAGE, asOf: at })).aliases;
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const variables = { first: PAGE, after: pageInfo.endCursor, asOf: first.asOf.position };
    const next = (await ask(url, AliasesDocument, variables)).aliases;
    for (const node of next.nodes) nodes.push(node);
    ({ pageInfo } = next);
  }
  return { ...first, nodes, pageInfo };
}

async function showShard(
  context: CliContext,
  shard: string,
  { at, ...options }: AliasesOptions,
): Promise<void> {
  const answer = await withServer(options, async (url) =>
    present((await ask(url, ShardAliasesDocument, { shard, asOf: at })).shardAliases, url),
  );
  context.print(`${options.json ? JSON.stringify(answer) : sameText(answer)}\n`);
}
