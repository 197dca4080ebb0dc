import { Inject } from '@nestjs/common';
import { Args, Context, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { aliases, sameShards, similarShards } from '@tributary/corpus';
import type { RowOf } from '@tributary/kernel';
import { answered, evidenceOf, freshness, incomplete, merged } from '../answer.ts';
import { doubtsOf, sameShardOf, similarOf } from '../aliases/alias-answers.ts';
import { stateAlias } from '../aliases/state-alias.ts';
import { actingAs } from '../caller.ts';
import type { CallContext } from '../caller.ts';
import { valueOf } from '../closed-set.ts';
import { connectionOf, sizeOf, unlessEmpty } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { AliasKind } from '../generated/schema.ts';
import type {
  Alias,
  AliasOutcome,
  MutationDeclareAliasArgs,
  MutationWithdrawAliasArgs,
  Query,
  QueryAliasesArgs,
  QueryShardAliasesArgs,
} from '../generated/schema.ts';
import { isNode, requireName, unknown } from '../known.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class AliasResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('aliases')
  async aliases(@Args() { address, asOf, ...page }: QueryAliasesArgs): Promise<Counted<Query['aliases']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { address: address ?? null, after: page.after ?? '', first: sizeOf(page) };
    const list = await connectionOf(
      { reader, fresh },
      aliases,
      { ...params, as_of: fresh.position },
      {
        node: aliasOf,
        cursor: ({ page_key }) => page_key,
        evidence: ({ evidence }) => ({ positions: [evidence] }),
      },
    );
    const named = address !== null && address !== undefined;
    return unlessEmpty(list, page, named ? `no alias of ${address} recorded` : undefined);
  }

  @GraphQuery('shardAliases')
  async shardAliases(@Args() { shard, asOf }: QueryShardAliasesArgs): Promise<Query['shardAliases']> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    requireName('shard', shard, fresh);
    const same = await sameShards(reader, [shard], fresh.position);
    const joins = same.joins(shard);
    if (joins.length === 0 && !(await isNode(reader, fresh, `shard:${shard}`)))
      throw unknown('shard', shard, fresh);
    const similar = await similarShards(reader, same.members(shard), fresh.position);
    const unfollowed = [...doubtsOf(same.doubts(shard)), ...similarOf(similar)];
    const evidence = merged(joins.map(({ evidence: positions }) => ({ positions })));
    return {
      ...answered(incomplete(fresh, similar.truncation), evidence),
      shard,
      same: joins.map(sameShardOf),
      unfollowed,
    };
  }

  @GraphMutation('declareAlias')
  declare(@Args() args: MutationDeclareAliasArgs, @Context() context: CallContext): Promise<AliasOutcome> {
    return stateAlias(this.#runtime, 'corpus.alias.declared', {
      ...args,
      actor: actingAs(context, args.actor),
    });
  }

  @GraphMutation('withdrawAlias')
  withdraw(@Args() args: MutationWithdrawAliasArgs, @Context() context: CallContext): Promise<AliasOutcome> {
    return stateAlias(this.#runtime, 'corpus.alias.withdrawn', {
      ...args,
      actor: actingAs(context, args.actor),
    });
  }
}

const aliasOf = ({ kind, address, other, reason, actor, evidence }: RowOf<typeof aliases>): Alias => ({
  kind: valueOf(AliasKind, kind, 'the kind of an alias'),
  address,
  other,
  reason,
  actor,
  evidence: evidenceOf([evidence]),
});
