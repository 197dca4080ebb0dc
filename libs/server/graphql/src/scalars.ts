import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

function scalar(name: string, parse: (value: unknown) => unknown, serialize: (value: unknown) => unknown) {
  return new GraphQLScalarType({
    name,
    serialize,
    parseValue: parse,
    parseLiteral: (node) =>
      parse(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
  });
}

/** A name in quotes, or as the values of the enum are written that the scalar was before. */
const metricName = new GraphQLScalarType({
  name: 'Metric',
  serialize: String,
  parseValue: nameOf,
  parseLiteral: (node) =>
    nameOf(node.kind === Kind.STRING || node.kind === Kind.ENUM ? node.value : undefined),
});

function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('a metric is named by a text, such as "eval_loss"');
}

/** Values are read from canonical JSON, so they are JSON already. */
const json = new GraphQLScalarType({
  name: 'Json',
  serialize: (value) => value,
  parseValue: notGiven,
  parseLiteral: notGiven,
});

function notGiven(): never {
  throw new GraphQLError('no argument has the type Json');
}

function positionText(value: unknown): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 16_384) return value;
  throw new GraphQLError('a position is the text that an answer gave as `asOf` or `evidence`');
}

function count(value: unknown): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new GraphQLError(`${String(value)} is not an integer from 0 to 2^53 - 1`);
}

export const scalars = {
  Position: scalar('Position', positionText, String),
  DateTime: scalar('DateTime', String, String),
  Count: scalar('Count', count, count),
  Metric: metricName,
  Json: json,
};
