import type { TrainingContentSummary } from '../generated/schema.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

export const TOTALS = 'unit tokens amount inherited';
const ASKED = `run checkpoint step totals { ${TOTALS} } prorated
  fields {
    name section title answer statementsTotal omitted { ${TOTALS} }
    statements {
      text link unit tokens amount inherited share range isLarge method evidence evidenceTotal
    }
  }
  openQuestions { field section title unknown { ${TOTALS} } fact member advice }
  asOf { position time } complete reason evidence evidenceTotal`;

/** A query for everything that a summary has. */
export const summaryQuery = (asked: string): string => `{ trainingContentSummary(${asked}) { ${ASKED} } }`;

export async function askSummary(server: GraphqlServer, asked: string): Promise<TrainingContentSummary> {
  const { trainingContentSummary } = await server.ask<{ trainingContentSummary: TrainingContentSummary }>(
    summaryQuery(asked),
  );
  return trainingContentSummary;
}

export const statementsOf = ({ fields }: TrainingContentSummary, name: string) =>
  fields.find((field) => field.name === name)?.statements ?? [];

export const answerTo = ({ fields }: TrainingContentSummary, name: string) =>
  fields.find((field) => field.name === name)?.answer;

/** The sum of the amounts of a field in tokens. */
export const tokensOf = (summary: TrainingContentSummary, name: string): number =>
  statementsOf(summary, name).reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);

/** The fields that are open questions. */
export const openOf = ({ openQuestions }: TrainingContentSummary): string[] =>
  openQuestions.map(({ field }) => field);
