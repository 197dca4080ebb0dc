import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { auditActions, publishedCheckpoints } from '@tributary/audit';
import { evidenceOf, freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';
import { afterPosition, nextOf, pageSize } from './page.ts';

type Page = { first: number; after?: string; asOf?: string };

@Resolver()
export class AuditResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('publishedCheckpoints')
  async publishedCheckpoints(@Args() { origin, first, after, asOf }: Page & { origin?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const page = { after: afterPosition(after), first: pageSize(first), as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(publishedCheckpoints, {
      origin: origin ?? null,
      ...page,
    });
    const checkpoints = rows.map((row) => ({
      origin: row.origin,
      treeSize: row.tree_size,
      rootHash: row.root_hash,
      note: row.note,
      time: row.recorded_at,
      evidence: evidenceOf([row.evidence]),
    }));
    return { ...fresh, checkpoints, next: nextOf(rows, first, ({ evidence }) => evidence) };
  }

  @Query('auditActions')
  async auditActions(@Args() { subject, first, after, asOf }: Page & { subject?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const page = { after: afterPosition(after), first: pageSize(first), as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(auditActions, { subject: subject ?? null, ...page });
    const actions = rows.map((row) => ({
      action: row.action,
      subject: row.subject,
      algorithm: row.algorithm || null,
      publicKey: row.public_key || null,
      reason: row.reason,
      actor: row.actor,
      approvedBy: row.approved_by || null,
      time: row.recorded_at,
      evidence: evidenceOf([row.evidence]),
    }));
    return { ...fresh, actions, next: nextOf(rows, first, ({ evidence }) => evidence) };
  }
}
