import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GENERATED, generateGraphql } from './codegen/graphql.ts';
import { generate } from './codegen/main.ts';

const root = join(import.meta.dirname, '..');

const stale = (generated: ReadonlyMap<string, string>, folder: string): string[] =>
  [...generated].flatMap(([name, text]) => (readFileSync(join(folder, name), 'utf8') === text ? [] : [name]));

describe('the committed generated files are as the schemas make them (npm run codegen)', () => {
  it('contracts', async () => {
    const committed = join(root, 'libs/core/contracts/src/generated');
    const generated = await generate(root);
    expect(readdirSync(committed).toSorted()).toEqual([...generated.keys()].toSorted());
    expect(stale(generated, committed)).toEqual([]);
  });

  it('types of the GraphQL schema and of the documents of the command line', async () => {
    const generated = await generateGraphql(root);
    const committed = GENERATED.flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    expect(committed.toSorted()).toEqual([...generated.keys()].toSorted());
    expect(stale(generated, root)).toEqual([]);
  });
});
