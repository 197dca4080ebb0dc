import { answersTurn } from '@tributary/kernel';
import { defaultFieldResolver } from 'graphql';
import type { GraphQLField, GraphQLFieldResolver, GraphQLNamedType, GraphQLSchema } from 'graphql';

/** Items of a list that are completed before others have their turn. */
const ITEMS = 100;

/**
 * Makes long lists of objects give other requests their turn: graphql completes a list in one go, which takes a second for
 * ten thousand rows with twenty fields. Answers stay the same. A list for which nobody waits any more is not completed.
 */
export function paceLists(schema: GraphQLSchema): GraphQLSchema {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const lists = types.flatMap(fieldsOf).filter((field) => isListOfObjects(schema, field));
  for (const { name, type } of lists)
    if (!String(type).includes('!]')) throw new TypeError(`${name} is a list whose items may be null`);
  for (const field of lists) pace(field);
  return schema;
}

type Field = GraphQLField<unknown, unknown>;
type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** The fields that have values: those of objects. Members tell what types are, as they do for any copy of graphql. */
function fieldsOf(type: GraphQLNamedType): readonly Field[] {
  if (!('getFields' in type) || !('isTypeOf' in type)) return [];
  return Object.values(type.getFields());
}

function isListOfObjects(schema: GraphQLSchema, { type }: Field): boolean {
  const text = String(type);
  const item = schema.getType(text.replaceAll(/[[\]!]/g, ''));
  return text.startsWith('[') && item !== undefined && ('getFields' in item || 'getTypes' in item);
}

function pace(field: Field): void {
  const resolve: Resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (...given) => {
    const value: unknown = resolve(...given);
    return value instanceof Promise ? value.then(inTurns) : inTurns(value);
  };
}

const inTurns = (value: unknown): unknown =>
  Array.isArray(value) && value.length > ITEMS ? itemsInTurns(value) : value;

/**
 * The items as promises: those of the first turn are kept at once, and those of each further one in the turn after. Where
 * nobody waits any more, the first item that is due says why, and the others stay open: each would make an error of its
 * own, and ten thousand errors take a second. The first one ends the list, since no list has items that may be null.
 */
function itemsInTurns(items: readonly unknown[]): readonly unknown[] {
  /* One for each list: what waits for it is forgotten with the list. */
  const never = new Promise<never>(() => undefined);
  let heeded: Promise<void> = Promise.resolve();
  return items.map((item, index) => {
    if (index < ITEMS) return item;
    if (index % ITEMS !== 0) return heeded.then(() => item);
    const turn = heeded.then(answersTurn);
    heeded = turn.catch(() => never);
    const due = turn.then(() => item);
    /* Nobody listens where an item before it has ended the list. */
    due.catch(() => undefined);
    return due;
  });
}
