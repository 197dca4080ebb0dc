import { createHash } from 'node:crypto';
import type { Projection } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import { query } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { z } from 'zod';

export const appliedMigrations = query(import.meta.url, 'applied-migrations', {
  params: z.object({}),
  row: z.object({ name: z.string(), sha256: z.string() }),
});

type Definition = { readonly name: string; readonly sha256: string };

/**
 * The version of what fills the tables: the projections and their versions, their upcasters, and the applied migrations
 * of their tables. 16 hexadecimal digits of a SHA-256.
 */
export async function tablesVersion(reader: SqlReader, projections: readonly Projection[]): Promise<string> {
  return versionFrom(projections, await reader.all(appliedMigrations, {}));
}

export function versionFrom(projections: readonly Projection[], migrations: readonly Definition[]): string {
  const makers = projections.map(({ context, version = 1, tables, upcasters = [] }) => ({
    context,
    version,
    tables: tables.toSorted(),
    upcasters: upcasters.map(({ type, from, digest }) => `${type}.v${from}:${digest}`).toSorted(),
    definitions: migrations
      .filter(({ name }) => tables.some((table) => defines(name, table)))
      .map(({ name, sha256 }) => `${name}:${sha256}`),
  }));
  const sorted = makers.toSorted((left, right) => (left.context < right.context ? -1 : 1));
  return createHash('sha256').update(canonicalJson(sorted)).digest('hex').slice(0, 16);
}

/** A migration is named after the table that it makes or changes, or after the view that fills it. */
const defines = (migration: string, table: string): boolean =>
  [`_${table}.sql`, `_${table}_mv.sql`].some((end) => migration.endsWith(end));
