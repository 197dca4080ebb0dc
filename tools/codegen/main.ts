import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { earlierOf, moduleName, newestOf, readFacts } from './facts.ts';
import { GENERATED, generateGraphql } from './graphql.ts';
import { catalogueModule, factModule, traitsModule } from './types.ts';
import { validatorsModule } from './validators.ts';

/** The generated files of libs/core/contracts: path relative to `src/generated` → text. */
export async function generate(root: string): Promise<Map<string, string>> {
  const facts = readFacts(root);
  const envelope = JSON.parse(readFileSync(join(root, 'schemas/envelope/1.0.json'), 'utf8'));
  const files = new Map<string, string>();
  for (const fact of newestOf(facts)) files.set(`${moduleName(fact.type)}.ts`, await factModule(fact));
  for (const fact of earlierOf(facts))
    files.set(`${moduleName(fact.type, fact.major)}.ts`, await factModule(fact, `V${fact.major}`));
  files.set('catalogue.ts', catalogueModule(newestOf(facts), earlierOf(facts)));
  files.set('traits.ts', traitsModule(newestOf(facts), earlierOf(facts)));
  files.set('validators.ts', validatorsModule(facts, envelope));
  return files;
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '../..');
  const contracts = join(root, 'libs/core/contracts/src/generated');
  const [facts, graphql] = [await generate(root), await generateGraphql(root)];
  const files = new Map([...facts].map(([name, text]) => [join(contracts, name), text]));
  for (const [path, text] of graphql) files.set(join(root, path), text);
  for (const folder of [contracts, ...GENERATED.map((path) => join(root, path))]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  for (const [path, text] of files) writeFileSync(path, text);
  console.error(`wrote ${files.size} files`);
}
