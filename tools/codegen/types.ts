import { compile } from 'json-schema-to-typescript';
import { moduleName, typeName } from './facts.ts';
import type { FactSchema } from './facts.ts';

const BANNER = '// Generated from schemas/events by `npm run codegen`. Do not edit.';

/** One module a fact: the TypeScript type of its data. */
export async function factModule(fact: FactSchema, suffix = ''): Promise<string> {
  const { title: _title, $id: _id, ...schema } = fact.schema;
  return compile(schema, typeName(fact.type) + suffix, {
    bannerComment: BANNER,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110 },
  });
}

/** The maps from fact type to the type of its data: the newest major, and the earlier ones by number. */
export function catalogueModule(facts: readonly FactSchema[], earlier: readonly FactSchema[]): string {
  const imports = [
    ...facts.map((f) => `import type { ${typeName(f.type)} } from './${moduleName(f.type)}.ts';`),
    ...earlier.map(
      (f) => `import type { ${typeName(f.type)}V${f.major} } from './${moduleName(f.type, f.major)}.ts';`,
    ),
  ];
  const members = facts.map((f) => `  '${f.type}': ${typeName(f.type)};`);
  const majors = [...new Set(earlier.map(({ type }) => type))].map((type) => {
    const own = earlier.filter((f) => f.type === type);
    return `  '${type}': { ${own.map((f) => `${f.major}: ${typeName(type)}V${f.major}`).join('; ')} };`;
  });
  const newest = ['export type FactCatalogue = {', ...members, '};'];
  const before = ['export type EarlierCatalogue = {', ...majors, '};'];
  return [BANNER, ...imports, '', ...newest, '', ...before, ''].join('\n');
}

/** What capture needs to know of each fact besides its validator. */
export function traitsModule(facts: readonly FactSchema[], earlier: readonly FactSchema[]): string {
  const rows = facts.map((fact) => {
    const traits = {
      stream: fact.schema['x-stream'],
      telemetry: fact.schema['x-telemetry'] === true,
      major: fact.major,
      earlierMajors: earlier.flatMap(({ type, major }) => (type === fact.type ? [major] : [])),
      schema: fact.schema['$id'],
      sha256: fact.sha256,
    };
    return `  '${fact.type}': ${JSON.stringify(traits)},`;
  });
  return [BANNER, 'export const FACT_TRAITS = {', ...rows, '} as const;', ''].join('\n');
}
