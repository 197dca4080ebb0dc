import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { earlierOf, moduleName, newestOf, readFacts } from './facts.ts';
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
  const target = join(import.meta.dirname, '../../libs/core/contracts/src/generated');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const files = await generate(join(import.meta.dirname, '../..'));
  for (const [name, text] of files) writeFileSync(join(target, name), text);
  console.error(`wrote ${files.size} files to libs/core/contracts/src/generated`);
}
