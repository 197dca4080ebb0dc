import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';

const folder = join(import.meta.dirname, '../../../../schemas/graphql');

/** The schema, with the root types of its files merged. */
export function readSchema(): GraphQLSchema {
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
    .replace(/^type (Query|Mutation) \{/gm, 'extend type $1 {');
  return buildSchema(`type Query\ntype Mutation\n${text}`, { assumeValid: true });
}
