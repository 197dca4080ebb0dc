import {
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputType,
  GraphQLNamedType,
  GraphQLSchema,
} from 'graphql';
import type { NamedQuestion } from './explore-page.ts';

type Field = GraphQLField<unknown, unknown>;

/** Every question of a schema, each with a query that can be asked once its variables have values. */
export const namedQuestions = (schema: GraphQLSchema): readonly NamedQuestion[] =>
  Object.values(schema.getQueryType()?.getFields() ?? {})
    .map(namedQuestion)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));

function namedQuestion(field: Field): NamedQuestion {
  const required = field.args.filter(isRequiredArgument);
  const selected = selectionOf(getNamedType(field.type), 1);
  return {
    name: field.name,
    signature: `${field.name}${field.args.length === 0 ? '' : `(${field.args.map(textOf).join(', ')})`}`,
    description: field.description ?? '',
    question: {
      query: `query${inParentheses(required.map(({ name, type }) => `$${name}: ${String(type)}`))} {\n  ${field.name}${inParentheses(required.map(({ name }) => `${name}: $${name}`))}${selected}\n}`,
      variables: Object.fromEntries(required.map(({ name, type }) => [name, exampleOf(type)])),
    },
  };
}

const textOf = ({ name, type }: GraphQLArgument): string => `${name}: ${String(type)}`;

const inParentheses = (texts: readonly string[]): string =>
  texts.length === 0 ? '' : `(${texts.join(', ')})`;

/** Fields without fields of their own, and for some levels those with. */
function selectionOf(type: GraphQLNamedType, levels: number): string {
  if (isLeafType(type)) return '';
  if (!isObjectType(type)) return ' { __typename }';
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name);
  const nested =
    levels === 0
      ? []
      : fields
          .filter((field) => isObjectType(getNamedType(field.type)))
          .map((field) => `${field.name}${selectionOf(getNamedType(field.type), levels - 1)}`)
          .filter((text) => text.includes('{'));
  const selected = [...leaves, ...nested];
  return ` { ${selected.length === 0 ? '__typename' : selected.join(' ')} }`;
}

/** What stands where a value is to be written. */
function exampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return exampleOf(type.ofType);
  return isListType(type) ? [] : '';
}
