import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import {
  attributeValues,
  members,
  normaliserStatistics,
  pipelineSteps,
  shards,
  snapshots,
  snapshotSources,
} from '@tributary/corpus';
import { answered, freshness } from '../answer.ts';
import { connectionOf, sizeOf, unknownCursor, unlessEmpty } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { runContamination } from '../contamination/run-contamination.ts';
import type {
  Query,
  QueryAttributeValuesArgs,
  QueryContaminationArgs,
  QueryNormaliserArgs,
  QueryPipelineArgs,
  QueryShardImpactArgs,
  QueryShardsArgs,
  QuerySnapshotContentsArgs,
  QuerySnapshotsArgs,
} from '../generated/schema.ts';
import { freshnessWithoutRows, unknown } from '../known.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { shardImpact } from '../shard-impact.ts';
import { attributeValueOf, memberOf, shardOf, snapshotOf, sourceOf, stepOf } from './corpus-answers.ts';

@Resolver()
export class CorpusResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('shards')
  async shards(@Args() { slice, asOf, ...page }: QueryShardsArgs): Promise<Counted<Query['shards']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { shard_id: null, slice: slice ?? null, after: page.after ?? '', first: sizeOf(page) };
    const list = await connectionOf(
      { reader, fresh },
      shards,
      { ...params, as_of: fresh.position },
      {
        node: shardOf,
        cursor: ({ shard_id }) => shard_id,
        evidence: ({ evidence }) => ({ positions: evidence }),
      },
    );
    return unlessEmpty(list, page, slice ? `no shard of ${slice} registered` : undefined);
  }

  @GraphQuery('shardImpact')
  async shardImpact(
    @Args() { shard, asOf, ...page }: QueryShardImpactArgs,
  ): Promise<Counted<NonNullable<Query['shardImpact']>>> {
    return shardImpact(this.#runtime, await freshness(this.#runtime, asOf), shard, page);
  }

  @GraphQuery('contamination')
  async contamination(
    @Args() { asOf, ...asked }: QueryContaminationArgs,
  ): Promise<Counted<NonNullable<Query['contamination']>>> {
    return runContamination(this.#runtime, await freshness(this.#runtime, asOf), asked);
  }

  @GraphQuery('snapshots')
  async snapshots(@Args() { asOf, ...page }: QuerySnapshotsArgs): Promise<Counted<Query['snapshots']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { snapshot_id: null, after: page.after ?? '', first: sizeOf(page) };
    return connectionOf(
      { reader, fresh },
      snapshots,
      { ...params, as_of: fresh.position },
      {
        node: snapshotOf,
        cursor: ({ snapshot_id }) => snapshot_id,
        evidence: ({ evidence }) => ({ positions: [evidence] }),
      },
    );
  }

  @GraphQuery('snapshotContents')
  async snapshotContents(
    @Args() { snapshot, asOf, ...page }: QuerySnapshotContentsArgs,
  ): Promise<Counted<NonNullable<Query['snapshotContents']>>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const named = { snapshot_id: snapshot, as_of: fresh.position };
    const sources = await reader.all(snapshotSources, named);
    const params = { ...named, after: indexAfter(page.after), first: sizeOf(page) };
    const connection = await connectionOf({ reader, fresh }, members, params, {
      node: memberOf,
      cursor: ({ list_index }) => String(list_index + 1),
      evidence: ({ evidence }) => ({ positions: [evidence] }),
      also: { positions: sources.map(({ evidence }) => evidence) },
    });
    if (sources.length + connection.nodes.length > 0 || page.after)
      return { ...connection, snapshot, sources: sources.map(sourceOf) };
    const absent = { kind: 'snapshot', id: snapshot, reason: 'no sources and no members recorded' } as const;
    const known = await freshnessWithoutRows(reader, fresh, absent);
    return { ...connection, ...answered(known, { positions: [] }), snapshot, sources: [] };
  }

  @GraphQuery('pipeline')
  async pipeline(@Args() { id, asOf }: QueryPipelineArgs): Promise<Query['pipeline']> {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { pipeline_id: id, as_of: fresh.position };
    const rows = await this.#runtime.engine.reader.all(pipelineSteps, params);
    if (rows.length === 0) throw unknown('pipeline', id, fresh);
    const evidence = { positions: rows.map((row) => row.evidence) };
    return { ...answered(fresh, evidence), id, steps: rows.map(stepOf) };
  }

  @GraphQuery('attributeValues')
  async attributeValues(
    @Args() { attribute, subjectKind, ref, asOf, ...page }: QueryAttributeValuesArgs,
  ): Promise<Counted<Query['attributeValues']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = {
      attribute,
      subject_kind: subjectKind ?? null,
      ref: ref ?? null,
      after: page.after ?? '',
      first: sizeOf(page),
      as_of: fresh.position,
    };
    const connection = await connectionOf({ reader, fresh }, attributeValues, params, {
      node: attributeValueOf,
      cursor: ({ page_key }) => page_key,
      evidence: ({ evidence }) => ({ positions: [evidence] }),
    });
    const of = ref === null || ref === undefined ? '' : ` of ${ref}`;
    return { ...unlessEmpty(connection, page, `no value of ${attribute}${of} recorded`), attribute };
  }

  @GraphQuery('normaliser')
  async normaliser(@Args() { id, asOf }: QueryNormaliserArgs): Promise<Query['normaliser']> {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { normaliser_id: id, as_of: fresh.position };
    const rows = await this.#runtime.engine.reader.all(normaliserStatistics, params);
    const [row] = rows;
    if (!row) throw unknown('normaliser', id, fresh);
    const { attribute, corpus, items, evidence } = row;
    const statistics = rows.map(({ feature, statistic, value }) => ({ feature, statistic, value }));
    return { ...answered(fresh, { positions: [evidence] }), id, attribute, corpus, items, statistics };
  }
}

/** The index at which a page of members begins, from the cursor of the page before. */
function indexAfter(cursor: string | null | undefined): number {
  const index = Number(cursor ?? 0);
  if (Number.isSafeInteger(index) && index >= 0) return index;
  throw unknownCursor({ after: cursor });
}
