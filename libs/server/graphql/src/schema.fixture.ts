import { buildSchema, getNamedType, isLeafType, isNonNullType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { schemaText } from './schema-text.ts';

/** The schema as the server has it, without resolvers. */
export const readSchema = (): GraphQLSchema => buildSchema(schemaText(), { assumeValid: true });

type Selected = {
  /** Names of fields that are left out. */
  readonly without: RegExp;
  /** Levels of objects below the type. */
  readonly depth: number;
  /** Whether the type is one of a list. */
  readonly listed?: boolean;
};

/** All fields of a type that need no argument. Of nodes of a list no pages of their own: each would be a question. */
export function selectionOf(type: GraphQLNamedType, { without, depth, listed = false }: Selected): string {
  if (isUnionType(type)) {
    const parts = type
      .getTypes()
      .map((one) => `... on ${one.name} { ${selectionOf(one, { without, depth, listed })} }`);
    return `__typename ${parts.join(' ')}`;
  }
  if (!isObjectType(type)) return '';
  const select = ({ name, type: of, args }: GraphQLField<unknown, unknown>): string => {
    if (without.test(name) || args.some((arg) => isNonNullType(arg.type))) return '';
    const named = getNamedType(of);
    if (isLeafType(named)) return name;
    if (listed && isPage(named)) return '';
    const below = { without, depth: depth - 1, listed: listed || String(of).startsWith('[') };
    const inner = depth > 0 ? selectionOf(named, below).trim() : '';
    return inner === '' ? '' : `${name} { ${inner} }`;
  };
  return Object.values(type.getFields()).map(select).join(' ');
}

const isPage = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Connection');
