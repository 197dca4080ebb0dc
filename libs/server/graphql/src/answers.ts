import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { contextOf, scopesOfOperations } from './caller.ts';
import { nameOperations } from './named-operations.ts';
import { QUESTION_LIMITS } from '@tributary/capture';
import type { QuestionLimits } from '@tributary/capture';
import { unansweredStatus, errorsInOrder, graphqlError, metLimits, writtenAnswer } from './errors.ts';
import { refuseLargeQuestions } from './limits/question-limits.ts';
import { paceLists } from './paced-lists.ts';
import { AliasResolver } from './resolvers/alias.resolver.ts';
import { AttributionResolver } from './resolvers/attribution.resolver.ts';
import { AuditResolver } from './resolvers/audit.resolver.ts';
import { CorpusResolver } from './resolvers/corpus.resolver.ts';
import { DeadLettersResolver } from './resolvers/dead-letters.resolver.ts';
import { EntityResolver } from './resolvers/entity.resolver.ts';
import { EvaluationResolver } from './resolvers/evaluation.resolver.ts';
import { InfluenceResolver } from './resolvers/influence.resolver.ts';
import { KeptAnswersResolver } from './resolvers/kept-answers.resolver.ts';
import { LedgerResolver } from './resolvers/ledger.resolver.ts';
import { LineageResolver } from './resolvers/lineage.resolver.ts';
import { ImportResolver } from './resolvers/import.resolver.ts';
import { RetractionResolver } from './resolvers/retraction.resolver.ts';
import { MixtureResolver } from './resolvers/mixture.resolver.ts';
import { RankingResolver } from './resolvers/ranking.resolver.ts';
import { RoutingResolver } from './resolvers/routing.resolver.ts';
import { StatusResolver } from './resolvers/status.resolver.ts';
import { TrackerResolver } from './resolvers/tracker.resolver.ts';
import { TrainingResolver } from './resolvers/training.resolver.ts';
import { scalars } from './scalars.ts';
import { schemaText } from './schema-text.ts';

export type AnswersOptions = {
  readonly limits?: QuestionLimits | undefined;
  /** Whether callers may ask for the schema, and errors suggest its names. */
  readonly introspection?: boolean | undefined;
};

const graphql = ({ limits = QUESTION_LIMITS, introspection = true }: AnswersOptions) =>
  GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    typeDefs: schemaText(),
    resolvers: scalars,
    transformSchema: paceLists,
    /* Explorers load their pages from other hosts; this server reaches none. */
    playground: false,
    graphiql: false,
    context: contextOf,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      /* It would be called for each field of each row. */
      ApolloServerPluginCacheControlDisabled(),
      refuseLargeQuestions(limits),
      metLimits,
      errorsInOrder,
      unansweredStatus,
      scopesOfOperations,
      nameOperations,
    ],
    introspection,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    hideSchemaDetailsFromClientErrors: !introspection,
    parseOptions: { maxTokens: limits.tokens },
    formatError: graphqlError,
    stringifyResult: writtenAnswer,
  });

/** The GraphQL module and its resolvers. They inject RUNTIME and ATTRIBUTOR. */
export const answers = (options: AnswersOptions = {}) => ({
  imports: [graphql(options)],
  providers: [
    StatusResolver,
    EntityResolver,
    DeadLettersResolver,
    LineageResolver,
    ImportResolver,
    RetractionResolver,
    AliasResolver,
    MixtureResolver,
    TrainingResolver,
    TrackerResolver,
    EvaluationResolver,
    AttributionResolver,
    CorpusResolver,
    RoutingResolver,
    InfluenceResolver,
    RankingResolver,
    LedgerResolver,
    KeptAnswersResolver,
    AuditResolver,
  ],
});
