import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUESTION_LIMITS } from '@tributary/capture';
import { getIntrospectionQuery, Kind, parse } from 'graphql';
import { expect, it } from 'vitest';
import { readSchema } from '../schema.fixture.ts';
import { measure } from './measure.ts';
import { weighted } from './weights.ts';

const root = join(import.meta.dirname, '../../../../..');
const schema = readSchema();

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const commands = filesIn('services/cli/src/documents', '.graphql').map(
  (file) => [file, readFileSync(join(root, file), 'utf8')] as const,
);

const pages = filesIn('docs', '.md').flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^```graphql\n([^]*?)^```$/gm)].map(
    ([, text = ''], index) => [`${file} ${index + 1}`, text] as const,
  ),
);

it.each([...commands, ...pages, ['introspection', getIntrospectionQuery()] as const])(
  '%s is within a quarter of each limit but the depth',
  (_, text) => {
    const document = parse(text, { maxTokens: QUESTION_LIMITS.tokens });
    for (const operation of document.definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
      const { depth, visited, ...counted } = measure({ schema, document, operation });
      expect(visited).toBeGreaterThan(0);
      expect(depth).toBeLessThanOrEqual(QUESTION_LIMITS.depth);
      for (const limit of ['rootFields', 'aliases', 'directives'] as const)
        expect([limit, counted[limit] * 4 <= QUESTION_LIMITS[limit]]).toEqual([limit, true]);
      expect(counted.cost * 2).toBeLessThanOrEqual(QUESTION_LIMITS.cost);
    }
  },
);

it('finds the documents of the commands and of the pages', () => {
  expect(commands.length).toBeGreaterThan(30);
  expect(pages.length).toBeGreaterThan(20);
});

it('gives weights to fields that the schema has', () => {
  const fields = weighted().map((name) => name.split('.'));
  const missing = fields.filter(([type = '', field = '']) => {
    const owner = schema.getType(type);
    return !owner || !('getFields' in owner) || !(field in owner.getFields());
  });
  expect(missing).toEqual([]);
});
