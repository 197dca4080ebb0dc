import { Kind, SchemaMetaFieldDef, TypeMetaFieldDef } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { valueIn } from '@tributary/kernel';
import { weightOf } from './weights.ts';

/** What an operation asks, with its fragments expanded wherever they are spread. Nothing is merged: two equal fields are two. */
export type Measured = {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly cost: number;
  /** What of the cost is for the items of lists, which an answer holds in memory. */
  readonly listed: number;
  /** Selections that were looked at: each of the document at most once. */
  readonly visited: number;
};

/** Arguments that say how many items the lists directly below a field have; the first one that a field has counts. */
const SIZES = ['first', 'maxPaths', 'maxNodes'] as const;
/** Items that a list is taken to have where nothing says how many. */
const USUAL_ITEMS = 10;
/** What an object in a list that is given to a field costs, such as each of the mixtures to predict. */
const GIVEN_OBJECT = 100;
/** No page is larger; resolvers refuse what is. */
const MOST_ITEMS = 10_000;

type Operation = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
};

/** Measures an operation of a valid document, in time linear in the document: each fragment is measured once. */
export function measure({ schema, document, operation, variables = {} }: Operation): Measured {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measuring = new Measuring(schema, fragments, { ...defaultsOf(operation), ...variables });
  const root = schema.getRootType(operation.operation) ?? undefined;
  const sum = measuring.selections(operation.selectionSet, root);
  const declared = (operation.variableDefinitions ?? []).map(directivesOf).reduce(plus, 0);
  return {
    depth: sum.depth,
    aliases: sum.aliases,
    rootFields: sum.fields,
    directives: sum.directives + directivesOf(operation) + declared,
    cost: sum.once + USUAL_ITEMS * sum.perItem,
    listed: sum.listed + USUAL_ITEMS * sum.perItem,
    visited: measuring.visited,
  };
}

/** What a selection set adds up to. What its lists cost is apart, because the field around it says how many items they have. */
type Sum = {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly once: number;
  readonly perItem: number;
  /** What of `once` is for the items of lists. */
  readonly listed: number;
};

const NOTHING: Sum = { depth: 0, fields: 0, aliases: 0, directives: 0, once: 0, perItem: 0, listed: 0 };

class Measuring {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #known = new Map<string, Sum>();
  visited = 0;

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  selections({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Sum {
    return selections.map((selection) => this.#selection(selection, type)).reduce(added, NOTHING);
  }

  #selection(selection: SelectionNode, type: GraphQLNamedType | undefined): Sum {
    this.visited += 1;
    if (selection.kind === Kind.FIELD) return this.#field(selection, type);
    const directives = directivesOf(selection);
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      return added({ ...NOTHING, directives }, this.#fragment(selection.name.value));
    const condition = selection.typeCondition?.name.value;
    const inner = condition === undefined ? type : this.#schema.getType(condition);
    return added({ ...NOTHING, directives }, this.selections(selection.selectionSet, inner));
  }

  /** A fragment has one type, so it adds up to the same wherever it is spread. */
  #fragment(name: string): Sum {
    const known = this.#known.get(name);
    if (known) return known;
    /* A fragment that contains itself is refused by the validation, and must not end the process without it. */
    this.#known.set(name, NOTHING);
    const definition = this.#fragments.get(name);
    if (!definition) return NOTHING;
    const type = this.#schema.getType(definition.typeCondition.name.value);
    const own = { ...NOTHING, directives: directivesOf(definition) };
    const sum = added(own, this.selections(definition.selectionSet, type));
    this.#known.set(name, sum);
    return sum;
  }

  #field(node: FieldNode, type: GraphQLNamedType | undefined): Sum {
    const name = node.name.value;
    const field = fieldOf(type, name);
    const of = typeNameOf(field);
    const inner = node.selectionSet
      ? this.selections(node.selectionSet, of === undefined ? undefined : this.#schema.getType(of))
      : NOTHING;
    const own = weightOf(type?.name ?? '', name) + GIVEN_OBJECT * this.#givenObjects(node);
    const items = this.#items(node, field) * inner.perItem;
    const cost = own + inner.once + items;
    const isListOfObjects = node.selectionSet !== undefined && isList(field);
    return {
      depth: 1 + inner.depth,
      fields: 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      directives: inner.directives + directivesOf(node),
      once: isListOfObjects ? 0 : cost,
      perItem: isListOfObjects ? cost : 0,
      listed: isListOfObjects ? 0 : inner.listed + items,
    };
  }

  #items(node: FieldNode, field: Field | undefined): number {
    const given = SIZES.map((size) => {
      const argument = field?.args.find(({ name }) => name === size);
      return argument && (this.#given(node, size) ?? argument.defaultValue);
    });
    const [items] = given.filter((size) => typeof size === 'number');
    return items === undefined ? USUAL_ITEMS : Math.min(Math.max(items, 1), MOST_ITEMS);
  }

  /** Objects in the lists that are given to a field, as literals or by variables. */
  #givenObjects({ arguments: given = [] }: FieldNode): number {
    return given.reduce((sum, { value }) => {
      if (value.kind === Kind.LIST) return sum + value.values.length;
      const list = value.kind === Kind.VARIABLE ? valueIn(this.#variables, value.name.value) : undefined;
      return sum + (Array.isArray(list) && typeof list[0] === 'object' ? list.length : 0);
    }, 0);
  }

  /** The number that is given to an argument, as a literal or by a variable. */
  #given({ arguments: given = [] }: FieldNode, name: string): unknown {
    const value = given.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    return value?.kind === Kind.VARIABLE ? valueIn(this.#variables, value.name.value) : undefined;
  }
}

type Field = GraphQLField<unknown, unknown>;

/* Types are told apart by their members and their text: graphql's own predicates know only the types of one of its copies. */

function fieldOf(type: GraphQLNamedType | undefined, name: string): Field | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  if (!type || !('getFields' in type)) return undefined;
  const fields: Readonly<Record<string, object>> = type.getFields();
  const field = valueIn(fields, name);
  return field && isField(field) ? field : undefined;
}

const isField = (field: object): field is Field => 'args' in field;

const typeNameOf = (field: Field | undefined): string | undefined =>
  field && String(field.type).replaceAll(/[[\]!]/g, '');

const isList = (field: Field | undefined): boolean => String(field?.type ?? '').startsWith('[');

const added = (left: Sum, right: Sum): Sum => ({
  depth: Math.max(left.depth, right.depth),
  fields: left.fields + right.fields,
  aliases: left.aliases + right.aliases,
  directives: left.directives + right.directives,
  once: left.once + right.once,
  perItem: left.perItem + right.perItem,
  listed: left.listed + right.listed,
});

const plus = (left: number, right: number): number => left + right;

const directivesOf = ({ directives = [] }: { readonly directives?: readonly unknown[] | undefined }) =>
  directives.length;

/** The whole numbers that stand for variables where a request does not give them. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, number> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
