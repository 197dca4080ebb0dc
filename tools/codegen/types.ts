import { compile } from 'json-schema-to-typescript';
import { moduleName, typeName } from './facts.ts';
import type { FactSchema } from './facts.ts';

const BANNER = '// Generated from schemas/events by `npm run codegen`. Do not edit.';

/** One module a fact: the TypeScript type of its data. */
export async function factModule(fact: FactSchema): Promise<string> {
  const { title: _title, $id: _id, ...schema } = fact.schema;
  return compile(schema, typeName(fact.type), {
    bannerComment: BANNER,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110 },
  });
}

/** The map from fact type to the type of its data. */
export function catalogueModule(facts: readonly FactSchema[]): string {
  const imports = facts.map((f) => `import type { ${typeName(f.type)} } from './${moduleName(f.type)}.ts';`);
  const members = facts.map((f) => `  '${f.type}': ${typeName(f.type)};`);
  return [BANNER, ...imports, '', 'export type FactCatalogue = {', ...members, '};', ''].join('\n');
}

/** What capture needs to know of each fact besides its validator. */
export function traitsModule(facts: readonly FactSchema[]): string {
  const rows = facts.map((fact) => {
    const traits = {
      stream: fact.schema['x-stream'],
      telemetry: fact.schema['x-telemetry'] === true,
      schema: fact.schema['$id'],
      sha256: fact.sha256,
    };
    return `  '${fact.type}': ${JSON.stringify(traits)},`;
  });
  return [BANNER, 'export const FACT_TRAITS = {', ...rows, '} as const;', ''].join('\n');
}
