import { join } from 'node:path';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from 'graphql';
import type { GraphQLField, GraphQLInputField, GraphQLNamedType } from 'graphql';
import { expect, it } from 'vitest';
import { schemaOf } from './codegen/graphql.ts';

const ROOTS = ['Query', 'Mutation'];
const schema = schemaOf(join(import.meta.dirname, '..'));

const describedField = (owner: string, field: GraphQLField<unknown, unknown> | GraphQLInputField) => {
  const name = `${owner}.${field.name}`;
  const parameters = 'args' in field ? field.args : [];
  return [
    [name, field.description] as const,
    ...parameters.map((arg) => [`${name}(${arg.name})`, arg.description] as const),
  ];
};

const described = (type: GraphQLNamedType): (readonly [string, string | null | undefined])[] => {
  const own = ROOTS.includes(type.name) ? [] : [[type.name, type.description] as const];
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    return [...own, ...Object.values(type.getFields()).flatMap((field) => describedField(type.name, field))];
  }
  if (isEnumType(type))
    return [
      ...own,
      ...type.getValues().map((value) => [`${type.name}.${value.name}`, value.description] as const),
    ];
  return own;
};

it('describes every type, field, argument and enum value of the GraphQL schema', () => {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
  const entries = types.flatMap(described);
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, description]) => !description).map(([name]) => name)).toEqual([]);
});
