import { unwrapResolverError } from '@apollo/server/errors';
import { Logger } from '@nestjs/common';
import { Fault } from '@tributary/kernel';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';

const logger = new Logger('graphql');

/** A fault keeps its code and words. What nobody foresaw is not shown to callers. */
export function graphqlError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  if (cause instanceof Fault)
    return { ...formatted, message: cause.message, extensions: { code: cause.code } };
  if (cause instanceof GraphQLError) return formatted;
  logger.error(cause);
  return {
    ...formatted,
    message: 'the question failed; the server log says why',
    extensions: { code: 'fault' },
  };
}
