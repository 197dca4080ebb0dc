import { groupBy } from '@tributary/kernel';
import type { LockedPackage } from './packages.ts';
import { termsOf } from './terms.ts';

/** A library inside the query engine, by the engine's own list of licences. */
export type EngineLibrary = { readonly name: string; readonly licence: string };

const HEAD = `# Licences

Tributary is licensed under [Apache-2.0](../LICENSE). This page lists what it installs, from \`package-lock.json\`, and what its query engine is made of, from the engine itself (\`system.licenses\`). Written by \`npx tsx tools/licences/main.ts\`; a test compares the packages and refuses a licence that nobody has looked at.

Images keep the licence file of every package in \`node_modules\`. Four packages bring more than their own code: \`pyodide\` (the parser of Python, CPython under PSF-2.0), \`@vscode/tree-sitter-wasm\` (grammars, each MIT), \`gpt-tokenizer\` (tables of merges of the tokenizers of \`tiktoken\`, MIT) and \`onnxruntime-node\` (ONNX Runtime; its third-party notices are in its repository). The models in \`libs/attributes/domain/model\` were trained on packages that its manifest lists with their licences.
`;

const START = '<!-- engine -->';
const END = '<!-- /engine -->';

/** The text of docs/licences.md; `engine` is the part of an earlier page where the engine is not asked. */
export function licencesPage(packages: readonly LockedPackage[], engine: string): string {
  const running = packages.filter(({ runs }) => runs);
  const asking = packages.filter(({ licence }) => termsOf(licence) !== 'notice');
  return `${HEAD}
## By licence

${table(
  ['licence', 'packages that a process can load', 'packages that build and test'],
  [...groupBy(packages, ({ licence }) => licence)]
    .toSorted(([, left], [, right]) => right.length - left.length)
    .map(([licence, own]) => {
      const loaded = own.filter(({ runs }) => runs).length;
      return [licence, loaded, own.length - loaded];
    }),
)}

## Packages that ask for more than their notice

${asking.length === 0 ? 'None.' : asking.map(({ name, licence, runs }) => `- \`${name}\`, ${licence}: ${runs ? 'loaded by a process' : 'builds and tests only, not in an image'}`).join('\n')}

## Inside the query engine

${START}
${engine}
${END}

## Every package that a process can load

${table(
  ['package', 'version', 'licence'],
  running.map(({ name, version, licence }) => [`\`${name}\``, version, licence]),
)}
`;
}

/** The part of the page about the engine. */
export function engineSection(version: string, libraries: readonly EngineLibrary[]): string {
  const asking = libraries.filter(({ licence }) => termsOf(licence) !== 'notice');
  const names = new Set(libraries.map(({ name }) => name));
  return `\`libchdb\` ${version} names ${libraries.length} licences of ${names.size} libraries; every text is in \`SELECT library_name, license_type, license_text FROM system.licenses\`. These ask for more than their notice:

${table(
  ['library', 'licence'],
  asking.map(({ name, licence }) => [`\`${name}\``, licence]),
)}

The library is installed as its publishers built it, unchanged and as a file of its own (\`libchdb.so\`), which can be replaced.`;
}

/** The version of the engine's library, the same on every platform. */
export const engineVersion = (packages: readonly LockedPackage[]): string =>
  packages.find(({ name }) => name.startsWith('@chdb/lib-'))?.version ?? '?';

/** The part about the engine in a page. */
export const engineSectionOf = (page: string): string =>
  page.slice(page.indexOf(START) + START.length + 1, page.indexOf(END) - 1);

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
