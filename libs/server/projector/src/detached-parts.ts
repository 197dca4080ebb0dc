import type { ReadinessCondition } from '@tributary/http';
import type { SqlReader } from '@tributary/kernel';
import { lookRegularly } from '@tributary/lifecycle';
import { findDetachedParts, groupTables } from '@tributary/projection';
import { projections } from './projections.ts';

/** Parts of the tables that ClickHouse has set aside, as of the last look. */
export type DetachedParts = {
  warnings(): ReadinessCondition[];
  close(): Promise<void>;
};

type Options = {
  readonly reader: SqlReader;
  /** Looks at all replicas of it. */
  readonly cluster?: string | undefined;
  /** Milliseconds between two looks. */
  readonly interval?: number;
};

const MINUTE = 60_000;

/**
 * Looks regularly for parts of the group's tables that ClickHouse has set aside: broken ones, and those that somebody
 * detached. A warning, because what they lack is the condition `tables_short`, and a replica sets whole copies aside, too.
 */
export function watchDetachedParts({ reader, cluster, interval = MINUTE }: Options): DetachedParts {
  const tables = new Set(groupTables(projections));
  let found: ReadinessCondition[] = [];
  /* A server that does not answer is told by what needs it, and what was seen stays. */
  const look = () =>
    findDetachedParts(reader, tables, cluster).then(
      (findings) =>
        (found = findings.map(({ detail }) => ({ code: 'parts_detached', detail: textOf(detail) }))),
      () => undefined,
    );
  const { close } = lookRegularly(look, interval);
  return { warnings: () => found, close };
}

const textOf = (detail: string): string =>
  `${detail}: their rows are not read; rows that are missing are \`tables_short\`. Attach or drop what \`system.detached_parts\` lists; on one server, \`rebuild\` of the projector makes tables without them`;
