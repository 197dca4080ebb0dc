import { Inject } from '@nestjs/common';
import { Args, Context, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { actingAs } from '../caller.ts';
import type { CallContext } from '../caller.ts';
import { answered, freshness, merged } from '../answer.ts';
import { connectionOf, inLogOrder, positionAfter, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { kindOf } from '../entities/entity.ts';
import type {
  MutationWithdrawImportArgs,
  Query,
  QueryImportContentsArgs,
  QueryImportsArgs,
  WithdrawImportOutcome,
} from '../generated/schema.ts';
import { importOf } from '../imports/import-of.ts';
import { importContents, imports } from '../imports/queries.ts';
import { withdrawImport } from '../imports/withdraw-import.ts';
import { unknown } from '../known.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class ImportResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('imports')
  async imports(@Args() { asOf, ...page }: QueryImportsArgs): Promise<Counted<Query['imports']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { ids: [], after: positionAfter(page), first: sizeOf(page), as_of: fresh.position };
    return connectionOf({ reader, fresh }, imports, params, { ...inLogOrder, node: importOf });
  }

  @GraphQuery('importContents')
  async contents(@Args() { import: id, asOf }: QueryImportContentsArgs): Promise<Query['importContents']> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const as_of = fresh.position;
    const [row] = await reader.all(imports, { ids: [id], after: 0, first: 1, as_of });
    if (!row) throw unknown('import', id, fresh);
    const named = await reader.all(importContents, { kinds: [], import_id: id, as_of });
    const behind = named.map(({ evidence, evidence_total }) => ({
      positions: evidence,
      total: evidence_total,
    }));
    return {
      ...answered(fresh, merged([{ positions: [row.evidence] }, ...behind])),
      import: importOf(row),
      entities: named.map(({ entity_kind, entities, ids }) => ({
        kind: kindOf(entity_kind),
        count: entities,
        ids,
      })),
    };
  }

  @GraphMutation('withdrawImport')
  withdraw(
    @Args() args: MutationWithdrawImportArgs,
    @Context() context: CallContext,
  ): Promise<WithdrawImportOutcome> {
    return withdrawImport(this.#runtime, { ...args, actor: actingAs(context, args.actor) });
  }
}
