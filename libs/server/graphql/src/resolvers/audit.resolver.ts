import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { auditActions, publishedCheckpoints } from '@tributary/audit';
import type { RowOf } from '@tributary/kernel';
import { evidenceOf, freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { connectionOf, inLogOrder, positionAfter, sizeOf, unlessEmpty } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { AuditActionKind } from '../generated/schema.ts';
import type {
  AuditAction,
  Query,
  QueryAuditActionsArgs,
  QueryPublishedCheckpointsArgs,
} from '../generated/schema.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class AuditResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('publishedCheckpoints')
  async publishedCheckpoints(
    @Args() { origin, asOf, ...page }: QueryPublishedCheckpointsArgs,
  ): Promise<Counted<Query['publishedCheckpoints']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = {
      origin: origin ?? null,
      after: positionAfter(page),
      first: sizeOf(page),
      as_of: fresh.position,
    };
    const list = await connectionOf({ reader, fresh }, publishedCheckpoints, params, {
      ...inLogOrder,
      node: (row) => ({
        origin: row.origin,
        treeSize: row.tree_size,
        rootHash: row.root_hash,
        note: row.note,
        time: row.recorded_at,
        evidence: evidenceOf([row.evidence]),
      }),
    });
    return unlessEmpty(list, page, origin ? `no checkpoint of ${origin} recorded` : undefined);
  }

  @GraphQuery('auditActions')
  async auditActions(
    @Args() { subject, asOf, ...page }: QueryAuditActionsArgs,
  ): Promise<Counted<Query['auditActions']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = {
      subject: subject ?? null,
      after: positionAfter(page),
      first: sizeOf(page),
      as_of: fresh.position,
    };
    const list = await connectionOf({ reader, fresh }, auditActions, params, {
      ...inLogOrder,
      node: actionOf,
    });
    return unlessEmpty(list, page, isNamed(subject) ? `no action on ${subject} recorded` : undefined);
  }
}

const isNamed = (id: string | null | undefined): id is string => id !== null && id !== undefined;

const actionOf = (row: RowOf<typeof auditActions>): AuditAction => ({
  action: valueOf(AuditActionKind, row.action, 'the action of an audit fact'),
  subject: row.subject,
  algorithm: row.algorithm || null,
  publicKey: row.public_key || null,
  reason: row.reason,
  actor: row.actor,
  approvedBy: row.approved_by || null,
  time: row.recorded_at,
  evidence: evidenceOf([row.evidence]),
});
