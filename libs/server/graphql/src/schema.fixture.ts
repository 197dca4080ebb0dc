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
