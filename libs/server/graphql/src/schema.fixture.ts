import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isLeafType, isNonNullType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';

const folder = join(import.meta.dirname, '../../../../schemas/graphql');

/** The schema, with the root types of its files merged. */
export function readSchema(): GraphQLSchema {
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
    .replace(/^type (Query|Mutation) \{/gm, 'extend type $1 {');
  return buildSchema(`type Query\ntype Mutation\n${text}`, { assumeValid: true });
}

type Selected = {
  /** Names of fields that are left out. */
  readonly without: RegExp;
  /** Levels of objects below the type. */
  readonly depth: number;
};

/** All fields of a type that need no argument. */
export function selectionOf(type: GraphQLNamedType, { without, depth }: Selected): string {
  if (isUnionType(type)) {
    const parts = type
      .getTypes()
      .map((one) => `... on ${one.name} { ${selectionOf(one, { without, depth })} }`);
    return `__typename ${parts.join(' ')}`;
  }
  if (!isObjectType(type)) return '';
  const select = ({ name, type: of, args }: GraphQLField<unknown, unknown>): string => {
    if (without.test(name) || args.some((arg) => isNonNullType(arg.type))) return '';
    const named = getNamedType(of);
    if (isLeafType(named)) return name;
    const inner = depth > 0 ? selectionOf(named, { without, depth: depth - 1 }).trim() : '';
    return inner === '' ? '' : `${name} { ${inner} }`;
  };
  return Object.values(type.getFields()).map(select).join(' ');
}
