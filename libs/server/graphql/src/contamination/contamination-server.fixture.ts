import { getNamedType } from 'graphql';
import { startGraphqlServer } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';
import type { Contamination } from '../generated/schema.ts';
import { readSchema, selectionOf } from '../schema.fixture.ts';
import { BENCHMARK, RUN } from './leaky-run.fixture.ts';

type Answered = { readonly contamination: Contamination };

/** A server that is asked for everything about the benchmark and the run of the fixture, or about those that are given. */
export async function startContaminationServer() {
  const field = readSchema().getQueryType()?.getFields()['contamination'];
  if (!field) throw new Error('no query contamination');
  const everything = selectionOf(getNamedType(field.type), { without: /^lag$/, depth: 5 });
  const server = await startGraphqlServer();
  const bodyOf = async (given: object = {}) => {
    const { body } = await server.reply<Answered>(
      `query ($benchmark: String!, $run: ID!, $version: String, $first: Int, $after: String, $asOf: Position) {
        contamination(benchmark: $benchmark, run: $run, version: $version, first: $first, after: $after, asOf: $asOf) { ${everything} }
      }`,
      { benchmark: BENCHMARK, run: RUN, ...given },
    );
    return body;
  };
  return {
    server,
    bodyOf,
    /** Records events, and gives the end of the log once the tables have reached it. */
    recorded: async (...events: readonly SentEvent[]): Promise<string> => {
      await server.record(...events);
      return server.caughtUp();
    },
    answerTo: async (given: object = {}): Promise<Contamination> => {
      const { data, errors } = await bodyOf(given);
      if (!data) throw new Error(JSON.stringify(errors));
      return data.contamination;
    },
  };
}

export type ContaminationServer = Awaited<ReturnType<typeof startContaminationServer>>;

/** The shards of an answer with what was found in them, in its order. */
export const outcomes = ({ nodes }: Contamination) => nodes.map(({ shard, outcome }) => [shard, outcome]);
