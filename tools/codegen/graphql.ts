import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as schemaTypes from '@graphql-codegen/typescript';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { buildSchema, Kind, parse, print, printSchema, visit } from 'graphql';
import type {
  ASTNode,
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';

const SCALARS = {
  ID: 'string',
  Position: 'string',
  DateTime: 'string',
  Count: 'number',
  Metric: 'string',
  Json: 'unknown',
};

const CONFIG = {
  scalars: SCALARS,
  strictScalars: true,
  immutableTypes: true,
  useTypeImports: true,
  enumsAsConst: true,
  disableDescriptions: true,
  avoidOptionals: { field: true },
  inputMaybeValue: 'T | null | undefined',
};

/** Folders that hold generated files only. */
export const GENERATED = ['libs/server/graphql/src/generated', 'services/cli/src/generated'];

/** Types of the schema for resolvers and types of the documents for the command line: path → text. */
export async function generateGraphql(root: string): Promise<Map<string, string>> {
  const schema = schemaOf(root);
  const [server, cli] = GENERATED;
  return new Map([
    [`${server}/schema.ts`, await schemaModule(schema)],
    [`${cli}/documents.ts`, await documentsModule(schema, join(root, 'services/cli/src/documents'))],
  ]);
}

/** The schema of the server. */
export const schemaOf = (root: string): GraphQLSchema =>
  buildSchema(textsIn(join(root, 'schemas/graphql')).join('\n'), { assumeValid: true });

const textsIn = (folder: string): string[] =>
  readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'));

const generated = async (
  schema: GraphQLSchema,
  plugin: typeof schemaTypes | typeof operationTypes,
  document?: DocumentNode,
): Promise<string> =>
  codegen({
    filename: 'generated.ts',
    schema: parse(printSchema(schema)),
    documents: document ? [{ document }] : [],
    plugins: [{ plugin: {} }],
    pluginMap: { plugin },
    config: CONFIG,
  });

const schemaModule = (schema: GraphQLSchema): Promise<string> => generated(schema, schemaTypes);

async function documentsModule(schema: GraphQLSchema, folder: string): Promise<string> {
  const document = parse(textsIn(folder).join('\n'));
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return [
    (await generated(schema, operationTypes, document)).trimEnd(),
    '/** The text of a document, with the types of its answer and of its variables. */',
    'export type TypedDocument<Answer, Variables> = {',
    '  readonly text: string;',
    '  readonly answer?: Answer;',
    '  readonly variables?: Variables;',
    '};',
    ...operations.map((operation) => constantOf(operation, fragments)),
  ].join('\n');
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function constantOf(operation: OperationDefinitionNode, fragments: Fragments): string {
  const name = operation.name?.value ?? '';
  const type = `${name}${operation.operation === 'mutation' ? 'Mutation' : 'Query'}`;
  const text = [operation, ...fragmentsOf(operation, fragments)].map(print).join('\n');
  return (
    `\nexport const ${name}Document: TypedDocument<${type}, ${type}Variables> = {\n` +
    `  text: ${JSON.stringify(text)},\n};\n`
  );
}

/** The fragments that a definition spreads, directly or through others. */
function fragmentsOf(node: ASTNode, fragments: Fragments): Set<FragmentDefinitionNode> {
  const found = new Set<FragmentDefinitionNode>();
  visit(node, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!fragment || found.has(fragment)) return;
      found.add(fragment);
      for (const nested of fragmentsOf(fragment, fragments)) found.add(nested);
    },
  });
  return found;
}
