import type { ApolloServerPlugin } from '@apollo/server';
import { QUESTION_VARIABLES, takeAnswerSlot } from '@tributary/capture';
import type { QuestionLimits } from '@tributary/capture';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import type { CallContext } from '../caller.ts';
import { measure } from './measure.ts';

type Limit = keyof QuestionLimits;

const WORDS: Readonly<Record<Limit, string>> = {
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'questions (fields of the query itself)',
  directives: 'directives',
  cost: 'units of estimated cost',
};

/** Answers whose lists have this estimated cost or more are large: they are made a few at a time. */
const LARGE = 50_000;

/**
 * Refuses a request that asks for more than one request may, before anything of it runs. A query with a large answer waits
 * until there is a place for it.
 */
export const refuseLargeQuestions = (limits: QuestionLimits): ApolloServerPlugin<CallContext> => ({
  requestDidStart() {
    let listed = 0;
    return Promise.resolve({
      didResolveOperation({ schema, document, operation, request: { variables } }) {
        if (!operation) return Promise.resolve();
        const measured = measure({ schema, document, operation, variables });
        const exceeded = exceededBy(limits, measured);
        if (operation.operation === 'query') ({ listed } = measured);
        if (!exceeded) return Promise.resolve();
        const extensions = { ...extensionsOf(exceeded), http: { status: 400 } };
        return Promise.reject(new GraphQLError(textOf(exceeded), { extensions }));
      },
      async responseForOperation({ contextValue: { raw } }) {
        if (listed >= LARGE) await takeAnswerSlot(raw);
        /* There is no answer yet. */
        return null;
      },
    });
  },
});

type Exceeded = {
  readonly limit: Limit;
  readonly value: number;
  /** Undefined where the text was not read to its end. */
  readonly found: number | undefined;
};

/** The first limit that a request exceeds. */
export function exceededBy(
  limits: QuestionLimits,
  measured: Readonly<Record<Exclude<Limit, 'tokens'>, number>>,
): Exceeded | undefined {
  for (const limit of ['depth', 'rootFields', 'aliases', 'directives', 'cost'] as const) {
    const [value, found] = [limits[limit], Math.min(measured[limit], Number.MAX_SAFE_INTEGER)];
    if (found > value) return { limit, value, found };
  }
  return undefined;
}

function textOf({ limit, value, found }: Exceeded): string {
  const has = found === undefined ? `more than ${value}` : String(found);
  return (
    `the request has ${has} ${WORDS[limit]}, and one may have ${value}: ask for less, or in several requests, ` +
    `or set ${QUESTION_VARIABLES[limit]} of the server; the same request is refused again`
  );
}

const extensionsOf = ({ limit, value, found }: Exceeded) => ({
  code: 'question_too_large',
  limit,
  value,
  ...(found !== undefined && { found }),
  key: QUESTION_VARIABLES[limit],
  retryable: false,
});

/** How the parser of graphql 16 refuses a text. It does not say how many tokens there are. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha\w (\d+) tokens/;

/** The limit that an error of a request is about; undefined for other errors. */
export const limitOfQuestion = ({ message, extensions }: GraphQLError): unknown =>
  TOO_MANY_TOKENS.test(message) ? 'tokens' : extensions['limit'];

/** The refusal of a text with too many tokens; undefined for other errors. */
export function tokensRefusal(formatted: GraphQLFormattedError): GraphQLFormattedError | undefined {
  const [, value] = TOO_MANY_TOKENS.exec(formatted.message) ?? [];
  if (value === undefined) return undefined;
  const exceeded = { limit: 'tokens', value: Number(value), found: undefined } as const;
  return { ...formatted, message: textOf(exceeded), extensions: extensionsOf(exceeded) };
}
