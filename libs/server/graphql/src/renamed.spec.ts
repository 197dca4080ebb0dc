import { isObjectType, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { renamedIn, renamedNames } from './renamed.ts';
import { readSchema } from './schema.fixture.ts';

const schema = readSchema();

const fieldOf = (type: string, field: string) => {
  const found = schema.getType(type);
  return isObjectType(found) ? found.getFields()[field] : undefined;
};

describe.each(renamedNames())('%s', (name) => {
  const [type = '', field = ''] = name.replace(/\(.*$/, '').split('.');
  const argument = /\((\w+)\)$/.exec(name)?.[1];

  it('is no name of the schema any more', () => {
    const found = field === '' ? schema.getType(type) : fieldOf(type, field);
    const argumentNames = found && 'args' in found ? found.args.map((arg) => arg.name) : [];
    expect(
      argument === undefined ? found : argumentNames.find((known) => known === argument),
    ).toBeUndefined();
  });

  it.skipIf(field === '')('belongs to a type of the schema', () => {
    expect(schema.getType(type)).toBeDefined();
  });
});

const messagesOf = (query: string): string[] => validate(schema, parse(query)).map(({ message }) => message);

it.each([
  ['{ runs { runs { id } } }', 'RunConnection.runs', 'nodes'],
  ['{ runs { next } }', 'RunConnection.next', 'pageInfo { endCursor }'],
  ['{ experiments { id } }', 'ExperimentConnection.id', 'nodes { id }'],
  ['{ status { obstacles { code } } }', 'Status.obstacles', 'readinessConditions'],
  ['{ metricHistory(run: "r", key: "k", skip: 3) { totalCount } }', 'Query.metricHistory(skip)', 'after'],
  ['query { runs { ...Page } } fragment Page on RunPage { totalCount }', 'RunPage', 'RunConnection'],
])('names in the validation of %s what replaces %s', (query, before, now) => {
  expect(messagesOf(query).map(renamedIn)).toContainEqual({ before, now });
});

it('knows nothing of names that never existed', () => {
  expect(messagesOf('{ runs { colour } }').map(renamedIn)).toEqual([undefined]);
  expect(messagesOf('{ runs(colour: 1) { totalCount } }').map(renamedIn)).toEqual([undefined]);
  expect(renamedIn('Syntax Error: Unexpected <EOF>.')).toBeUndefined();
});
