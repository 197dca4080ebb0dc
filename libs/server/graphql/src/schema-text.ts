import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCHEMA = join(import.meta.dirname, '../../../../schemas/graphql');

/**
 * The text of the schema: one file for each context, which extends `Query` and `Mutation` of `common.graphql`. The
 * framework would join files that define one type each by printing and reading them again, at each start.
 */
export const schemaText = (): string =>
  readdirSync(SCHEMA)
    .toSorted()
    .map((name) => readFileSync(join(SCHEMA, name), 'utf8'))
    .join('\n');
