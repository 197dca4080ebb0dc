import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy, valueIn } from '@tributary/kernel';
import { newestOf, readFacts } from './facts.ts';
import type { FactSchema } from './facts.ts';

/** What a context's facts are about, for readers of the catalogue. */
const ABOUT: Readonly<Record<string, string>> = {
  corpus:
    'What the data are made of: taxonomies, shards, dataset versions, pipeline steps, measured attributes.',
  mixture: 'What was decided about weights, by whom and why, and how experiments were assigned.',
  training: 'Runs, their steps, what they consumed, their checkpoints and their ends.',
  evaluation: 'Scores and the items behind them.',
  routing: 'Where a mixture-of-experts model sends tokens.',
  influence: 'What an estimator says that pieces of training data did.',
  lineage: 'OpenLineage events as they came.',
  attribution: 'Questions, their frozen answers, and the ledger of what was tested.',
  audit: 'What was done to the record itself.',
};

const HEAD = `# Facts

Every fact that Tributary records, by context. Generated from \`schemas/events\` by \`npx tsx tools/codegen/facts-page.ts\`; a test compares the two. The schema file of a fact describes each of its properties.

A fact travels as a CloudEvent: \`type\` is the name below, \`dataschema\` is \`urn:tributary:schema:<type>:<major>.<minor>\`, \`data\` holds the properties. Without \`dataschema\` the newest version is meant. A version marked *read* can still be sent and is read as the newest. *Telemetry* is stored byte for byte as it came, up to 1 MiB; every other fact is stored as canonical JSON.
`;

/** The text of docs/facts.md. */
export function factsPage(facts: readonly FactSchema[]): string {
  const contexts = groupBy(newestOf(facts), ({ type }) => type.split('.', 1)[0] ?? type);
  const sections = [...contexts].map(([context, own]) => {
    const rows = own.map((fact) => rowOf(fact, facts));
    const table = [
      '| fact | versions | ordered by | required | optional |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ];
    return `\n## ${context}\n\n${valueIn(ABOUT, context) ?? ''}\n\n${table.join('\n')}\n`;
  });
  return HEAD + sections.join('');
}

function rowOf(fact: FactSchema, facts: readonly FactSchema[]): string {
  const { schema, type, major } = fact;
  const properties = Object.keys(Object(schema['properties']));
  const required = new Set<unknown>(Array.isArray(schema['required']) ? schema['required'] : []);
  const earlier = facts.filter((other) => other.type === type && other.major < major);
  const versions = [`${major}`, ...earlier.map((other) => `${other.major} (*read*)`)];
  const telemetry = schema['x-telemetry'] === true ? ' *Telemetry.*' : '';
  const cells = [
    `\`${type}\`<br>${String(schema['description'])}${telemetry}`,
    versions.join(', '),
    `\`${String(schema['x-stream'])}\``,
    listed(properties.filter((name) => required.has(name))),
    listed(properties.filter((name) => !required.has(name))),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ') || '–';

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '../..');
  writeFileSync(join(root, 'docs/facts.md'), factsPage(readFacts(root)));
  console.error('wrote docs/facts.md');
}
