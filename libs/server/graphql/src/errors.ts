import { HeaderMap } from '@apollo/server';
import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { Logger } from '@nestjs/common';
import { callerText, isInLogAlone, serverFaultText, setMetLimit } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { answerText } from './answer-text.ts';
import type { CallContext } from './caller.ts';
import { limitOfQuestion, tokensRefusal } from './limits/question-limits.ts';
import { renamedIn } from './renamed.ts';

const logger = new Logger('graphql');

/**
 * An error as callers see it. A fault keeps its code, and its message where that is for callers. An unknown name that the schema had before is answered
 * with the present one. Any other error goes to the log of the server, and callers see that there was one.
 */
export function graphqlError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = causeOf(error);
  if (cause instanceof Fault) {
    if (isInLogAlone(cause)) logger.error(cause);
    const message = OF_SERVER.has(cause.code) ? serverFaultText(cause) : callerText(cause);
    return { ...formatted, message, extensions: { code: cause.code, ...limitOf(cause) } };
  }
  if (isOfQuery(cause)) return tokensRefusal(formatted) ?? withPresentName(formatted);
  logger.error(cause);
  return {
    ...formatted,
    message: 'the query failed; the log of the server says why',
    extensions: { code: 'fault' },
  };
}

/** What was thrown: by a resolver, or while the answer was written. */
const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError instanceof Fault
    ? error.originalError
    : unwrapResolverError(error);

/** Writes an answer. Where its time passes meanwhile it is refused as one that was not computed, with 503. */
export async function writtenAnswer(answer: unknown): Promise<string> {
  try {
    return await answerText(answer);
  } catch (cause) {
    if (!(cause instanceof Fault) || !cause.retryable) throw cause;
    const http = { status: 503, headers: new HeaderMap([['retry-after', RETRY_AFTER]]) };
    throw new GraphQLError(cause.message, { originalError: cause, extensions: { http } });
  }
}

/** Faults of the server itself that questions and mutations meet. Texts of others name what the caller has named. */
const OF_SERVER: ReadonlySet<string> = new Set([
  'blob_unreadable',
  'clock_wrong',
  'disk_full',
  'disk_low',
  'log_refused',
  'log_replaced',
  'table_damaged',
  'tables_behind',
]);

const limitOf = ({ met, retryable }: Fault) => met && { ...met, retryable };

/** Says which limit refused a request, or a part of it. */
export const metLimits: ApolloServerPlugin<CallContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors({ errors, contextValue: { raw } }) {
        for (const error of errors) {
          const cause = unwrapResolverError(error);
          const limit = cause instanceof Fault ? cause.met?.limit : limitOfQuestion(error);
          setMetLimit(raw, limit);
        }
        return Promise.resolve();
      },
    }),
};

/** Whether an error of graphql says what is wrong with the query. A process may load its classes twice. */
const isOfQuery = (cause: unknown): boolean => cause instanceof Error && 'locations' in cause;

function withPresentName(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const renamed = renamedIn(formatted.message);
  if (!renamed) return formatted;
  const { before, now } = renamed;
  return {
    ...formatted,
    message: `${before} is now ${now} (docs/upgrading.md)`,
    extensions: { code: 'renamed_field', before, now },
  };
}

/** Puts the errors of an answer in the order of the document, because fields fail in any order: equal questions, equal bytes. */
export const errorsInOrder: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ response: { body } }) {
        if (body.kind === 'single' && body.singleResult.errors)
          body.singleResult.errors = body.singleResult.errors.toSorted(byLocation);
        return Promise.resolve();
      },
    }),
};

/** Codes of what has, or had, too much to do, and seconds after which it is worth asking again. */
const BUSY: ReadonlySet<unknown> = new Set([
  'busy',
  'engine_busy',
  'query_memory',
  'query_overdue',
  'estimate_overdue',
  'question_overdue',
]);
const RETRY_AFTER = '5';

/** Codes of what needs more memory than a question may have: the same one is refused again. */
const TOO_LARGE: ReadonlySet<unknown> = new Set(['query_memory', 'estimate_memory']);

/**
 * Answers 503 with Retry-After where nothing was answered because the server has too much to do, and 422 where the questions
 * need more memory than they may have: as to a request that was not executed, and so without data. Nest gives every answer
 * with data the status 200.
 */
export const unansweredStatus: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ response: { body, http } }) {
        if (body.kind !== 'single') return Promise.resolve();
        const { errors = [], data } = body.singleResult;
        if (Object.values(data ?? {}).some((answer) => answer !== null)) return Promise.resolve();
        if (errors.some(isBusy)) {
          body.singleResult = { errors };
          http.status = 503;
          http.headers.set('retry-after', RETRY_AFTER);
        } else if (errors.some(isTooLarge)) {
          body.singleResult = { errors };
          http.status = 422;
        }
        return Promise.resolve();
      },
    }),
};

const isBusy = (error: GraphQLFormattedError): boolean =>
  BUSY.has(error.extensions?.['code']) && !isTooLarge(error);

const isTooLarge = ({ extensions }: GraphQLFormattedError): boolean =>
  TOO_LARGE.has(extensions?.['code']) && extensions?.['retryable'] === false;

const byLocation = (left: GraphQLFormattedError, right: GraphQLFormattedError): number => {
  const [here, there] = [locationOf(left), locationOf(right)];
  return here < there ? -1 : Number(here > there);
};

/** Line, column and path as a text that sorts in the order of the document; members of a list have one location. */
const locationOf = ({ locations: [first] = [], path = [] }: GraphQLFormattedError): string =>
  [first?.line, first?.column, ...path].map((part) => String(part ?? 0).padStart(9, '0')).join(' ');
