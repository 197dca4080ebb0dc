import { beyondJsonLimits, QUESTION_LIMITS, REQUEST_LIMITS } from '@tributary/capture';
import {
  buildSchema,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  isScalarType,
  parse,
  validate,
} from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { measure } from '../../libs/server/graphql/src/limits/measure.ts';
import { exceededBy } from '../../libs/server/graphql/src/limits/question-limits.ts';
import { scalars } from '../../libs/server/graphql/src/scalars.ts';
import { schemaText } from '../../libs/server/graphql/src/schema-text.ts';
import * as documents from '../../services/cli/src/generated/documents.ts';
import type { Target } from './target.fixture.ts';
import { QUESTIONS } from './texts.fixture.ts';

/** Between the variables and the document of an input: in one text of JSON, hardly any mutation would reach the document. */
const SEPARATOR = '\n---\n';

/** The published schema with the scalars that the server gives it. */
function schemaWithScalars(): GraphQLSchema {
  const schema = buildSchema(schemaText());
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
  return schema;
}

/** A request of GraphQL up to where its questions would be answered: body, text, validity, variables and limits. */
export function questions(): Target {
  const schema = schemaWithScalars();
  return {
    name: 'questions of GraphQL',
    kinds: [
      /^asks \d/,
      /^too much: /,
      /^too_deep$/,
      /^too_many_keys$/,
      /^no JSON$/,
      /^Syntax Error/,
      /^Cannot query field/,
      /^Variable/,
    ],
    seeds: () => Promise.resolve([...QUESTIONS, ...questionsOfCommands()]),
    read(input) {
      const [given = '', ...rest] = input.toString('utf8').split(SEPARATOR);
      const text = `{"query":${JSON.stringify(rest.join(SEPARATOR))},"variables":${given}}`;
      /* In the order of the server: bytes are bounded before they are parsed. */
      const beyond = beyondJsonLimits(Buffer.from(text), REQUEST_LIMITS);
      if (beyond) return beyond.code;
      const asked = questionIn(text);
      return asked ? outcomeOf(schema, asked.query, asked.variables) : 'no JSON';
    },
  };
}

function outcomeOf(schema: GraphQLSchema, query: string, given: unknown): string {
  try {
    const document = parse(query, { maxTokens: QUESTION_LIMITS.tokens });
    const [invalid] = validate(schema, document);
    if (invalid) return kindOf(invalid);
    const operation = getOperationAST(document);
    if (!operation) return 'no operation, or several';
    const variables = typeof given === 'object' && given !== null ? { ...given } : {};
    const measured = measure({ schema, document, operation, variables });
    if (Object.values(measured).some(Number.isNaN)) throw new Error('what a question asks is not a number');
    const exceeded = exceededBy(QUESTION_LIMITS, measured);
    if (exceeded) return `too much: ${exceeded.limit}`;
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (errors?.[0]) return kindOf(errors[0]);
    return `asks ${measured.rootFields} of depth ${measured.depth}`;
  } catch (error) {
    if (error instanceof GraphQLError) return kindOf(error);
    throw error;
  }
}

/** The message of a refusal without what it quotes. */
const kindOf = ({ message }: GraphQLError): string => message.replaceAll(/"[^"]*"|[\d$].*/g, '').slice(0, 40);

function questionIn(body: string): { readonly query: string; readonly variables: unknown } | undefined {
  try {
    const { query, variables } = JSON.parse(body);
    return { query: typeof query === 'string' ? query : '', variables };
  } catch {
    return undefined;
  }
}

/** What the command line asks, with a variable of each kind that it gives. */
const questionsOfCommands = (): readonly Buffer[] =>
  Object.values(documents).map(({ text }) =>
    Buffer.from(`{"id":"r","first":5,"run":"r","node":"n","mixture":"m"}${SEPARATOR}${text}`),
  );
