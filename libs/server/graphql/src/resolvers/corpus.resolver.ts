import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  attributeValues,
  members,
  normaliserStatistics,
  pipelineSteps,
  shards,
  snapshots,
  snapshotSources,
} from '@tributary/corpus';
import { evidenceOf, freshness } from '../freshness.ts';
import { shardImpact } from '../shard-impact.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';
import { shardOf, snapshotOf, stepOf, valueOf } from './corpus-answers.ts';
import { nextOf, pageSize, skipOf } from './page.ts';

type Page = { first: number; after?: string; asOf?: string };

@Resolver()
export class CorpusResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('shards')
  async shards(@Args() { slice, first, after, asOf }: Page & { slice?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { shard_id: null, slice: slice ?? null, after: after ?? '', first: pageSize(first) };
    const rows = await this.#runtime.engine.reader.all(shards, { ...params, as_of: fresh.places });
    return { ...fresh, shards: rows.map(shardOf), next: nextOf(rows, first, ({ shard_id }) => shard_id) };
  }

  @Query('shardImpact')
  async shardImpact(@Args() { shard, first, after, asOf }: Page & { shard: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    return { ...fresh, ...(await shardImpact(this.#runtime, { shard, first, after }, fresh.places)) };
  }

  @Query('snapshots')
  async snapshots(@Args() { first, after, asOf }: Page) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { snapshot_id: null, after: after ?? '', first: pageSize(first), as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(snapshots, params);
    return {
      ...fresh,
      snapshots: rows.map(snapshotOf),
      next: nextOf(rows, first, ({ snapshot_id }) => snapshot_id),
    };
  }

  @Query('snapshotContents')
  async snapshotContents(@Args() { snapshot, first, after, asOf }: Page & { snapshot: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const asked = { snapshot_id: snapshot, as_of: fresh.places };
    const sources = await reader.all(snapshotSources, asked);
    const params = { ...asked, after: skipOf(after), first: pageSize(first) };
    const rows = await reader.all(members, params);
    return {
      ...fresh,
      snapshot,
      sources: sources.map((source) => ({
        ...source,
        name: source.name || null,
        reason: source.reason || null,
      })),
      members: rows.map(({ shard_id, list_index, slice, repeats, label }) => ({
        index: list_index,
        shard: shard_id,
        slice: slice || null,
        repeats,
        label: label || null,
      })),
      next: nextOf(rows, first, ({ list_index }) => list_index + 1),
      evidence: evidenceOf([...new Set([...sources, ...rows].map(({ evidence }) => evidence))]),
    };
  }

  @Query('pipeline')
  async pipeline(@Args() { id, asOf }: { id: string; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { pipeline_id: id, as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(pipelineSteps, params);
    return rows.length === 0 ? null : { ...fresh, id, steps: rows.map(stepOf) };
  }

  @Query('attributeValues')
  async attributeValues(@Args() args: Page & { attribute: string; subjectKind?: string; ref?: string }) {
    const fresh = await freshness(this.#runtime, args.asOf);
    const rows = await this.#runtime.engine.reader.all(attributeValues, {
      attribute: args.attribute,
      subject_kind: args.subjectKind ?? null,
      ref: args.ref ?? null,
      after: args.after ?? '',
      first: pageSize(args.first),
      as_of: fresh.places,
    });
    const next = nextOf(rows, args.first, ({ page_key }) => page_key);
    return { ...fresh, attribute: args.attribute, values: rows.map(valueOf), next };
  }

  @Query('normaliser')
  async normaliser(@Args() { id, asOf }: { id: string; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { normaliser_id: id, as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(normaliserStatistics, params);
    const [any] = rows;
    if (!any) return null;
    const statistics = rows.map(({ feature, statistic, value }) => ({ feature, statistic, value }));
    const { attribute, corpus, items, evidence } = any;
    return { ...fresh, id, attribute, corpus, items, statistics, evidence: evidenceOf([evidence]) };
  }
}
