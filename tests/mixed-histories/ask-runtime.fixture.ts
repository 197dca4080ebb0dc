import type { Runtime } from '@tributary/graphql';
import { TrainingResolver } from '../../libs/server/graphql/src/resolvers/training.resolver.ts';
import { bucketText, exposureText, runText } from './expected-answers.fixture.ts';
import type { GivenAnswer, Question } from './system.fixture.ts';

/** More than the histories of a system. */
const MAX_RUNS = 100;

/** The answer of the resolver that GraphQL calls, with its position, completeness and evidence. */
export async function askRuntime(runtime: Runtime, { kind, run, asOf }: Question): Promise<GivenAnswer> {
  const resolver = new TrainingResolver(runtime);
  const at = asOf === undefined ? {} : { asOf };
  if (kind === 'runs') {
    const answer = await resolver.runs({ first: MAX_RUNS, ...at });
    return {
      ...givenBy(answer),
      rows: answer.nodes.map(({ id, started, tokens }) => runText(id, started, tokens ?? 0)).toSorted(),
    };
  }
  if (kind === 'exposure') {
    const answer = known(await resolver.exposure({ run, by: 'slice', ...at }));
    return {
      ...givenBy(answer),
      rows: answer.rows.map(({ slice, amount }) => exposureText(slice, amount)).toSorted(),
    };
  }
  const answer = known(await resolver.curve({ run, ...at }));
  const rows = answer.points.map(({ step, values, mean }) => bucketText(step, values, mean));
  return { ...givenBy(answer), rows: rows.toSorted() };
}

type Answered = {
  readonly asOf: { readonly position: string };
  readonly complete: boolean;
  readonly reason?: string | null;
  readonly evidence: readonly string[];
};

const givenBy = ({ asOf, complete, reason, evidence }: Answered): Omit<GivenAnswer, 'rows'> => ({
  position: asOf.position,
  complete,
  reason,
  evidence,
});

function known<Value>(answer: Value | null | undefined): Value {
  if (answer === null || answer === undefined) throw new Error('a resolver gave no answer');
  return answer;
}
