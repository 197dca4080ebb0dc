import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { isTest, typescriptFiles } from './sources.ts';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');

/**
 * Files and folders that calculate and are under no law that NaN has no answer, with the reason why no number of an answer can
 * come from NaN in them.
 */
const ELSEWHERE = new Map([
  ['libs/attributes/complexity/src/code-parser.ts', 'a limit in seconds'],
  ['libs/attributes/complexity/src/processor-clock.ts', 'milliseconds of a clock'],
  ['libs/attributes/documents/src/', 'lengths of bytes'],
  ['libs/attributes/domain/src/chunks.ts', 'lengths of texts'],
  ['libs/attributes/domain/src/features.ts', 'counts of words of a text'],
  ['libs/attributes/domain/src/measures.ts', 'counts of characters of a text'],
  ['libs/attributes/domain/src/random.ts', 'integers of 32 bits'],
  ['libs/attributes/domain/src/tagger.ts', 'lengths of lists'],
  [
    'libs/attributes/language/src/natural-language.ts',
    'lengths of texts; scores of a library that has them above 0',
  ],
  ['libs/attributes/language/src/prose.ts', 'lengths of texts'],
  ['libs/attributes/syntax/src/', 'counts of nodes of a text'],
  ['libs/attributes/tagging/src/duplicates-attribute.ts', 'counts of characters of a text'],
  ['libs/attributes/tagging/src/overlap/duplicate-clusters.ts', 'integers of 53 bits'],
  ['libs/attributes/tagging/src/overlap/found-items.ts', 'counts of n-grams of a text'],
  ['libs/attributes/tagging/src/overlap/item-index.ts', 'counts of n-grams of a text'],
  ['libs/attributes/tagging/src/scaffold-attribute.ts', 'counts of characters of a text'],
  ['libs/attributes/tagging/src/text-structure.ts', 'counts of characters of a text'],
  [
    'libs/attributes/tagging/src/tokens-attribute.ts',
    'lengths of texts for each token, where there are some',
  ],
  ['libs/attributes/tokens/src/', 'counts of tokens and of bytes'],
  ['libs/attributes/traces/src/trace-values.ts', 'counts of steps of a trace'],
  ['libs/contexts/attribution/src/', 'experiments are refused whole: not-finite.property.spec.ts'],
  ['libs/core/event-log/src/lmdb-file.ts', 'bytes of a file'],
  ['libs/server/attribution-jobs/src/by-attribute/separable.ts', 'amounts are integers of any size'],
  ['libs/server/attribution-jobs/src/surface-model/', 'a surface of an experiment that was not refused'],
]);

/** Functions of `Math` that a count has no need of. */
const REAL =
  /^Math\.(?:sqrt|cbrt|hypot|exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|atan2?|tanh|sinh|cosh)$/;

/** Whether a file calculates: it has a real function, or, in the packages that estimate most, a quotient or a power. */
function calculates(path: string, text: string): boolean {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const isEstimate = path.startsWith('libs/attributes/');
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found ||= REAL.test(node.expression.getText(source));
    if (ts.isBinaryExpression(node)) found ||= isEstimate && QUOTIENTS.has(node.operatorToken.kind);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const QUOTIENTS = new Set([
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.SlashEqualsToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
]);

/** Files that the law of a package asks: those that its spec imports, all of folders that it reads. */
function asked(folder: string): string[] {
  const spec = `${folder}/src/not-a-number.spec.ts`;
  let text: string;
  try {
    text = readFileSync(join(root, spec), 'utf8');
  } catch {
    return [];
  }
  const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const folders = [...text.matchAll(/exportsOf\('([a-z-]+)'\)/g)].map(([, name]) => `./${name}/`);
  return [...imported, ...folders]
    .filter((path) => path.startsWith('.'))
    .map((path) => relative(root, join(root, dirname(spec), path)) + (path.endsWith('/') ? '/' : ''));
}

const isIn = (path: string, paths: Iterable<string>): boolean =>
  [...paths].some((listed) => (listed.endsWith('/') ? path.startsWith(listed) : path === listed));

const calculating = typescriptFiles()
  .filter(({ path }) => path.startsWith('libs/') && !isTest(path))
  .filter(({ path, text }) => calculates(path, text))
  .map(({ path }) => path);
const underLaw = workspaces().flatMap(({ folder }) => asked(folder));

it('has every file that calculates under the law that NaN has no answer, or says why not', () => {
  expect(calculating.length).toBeGreaterThan(40);
  expect(calculating.filter((path) => !isIn(path, [...underLaw, ...ELSEWHERE.keys()]))).toEqual([]);
});

it('excuses nothing that does not calculate, or that is under the law', () => {
  const needed = [...ELSEWHERE.keys()].filter((listed) =>
    calculating.some((path) => isIn(path, [listed]) && !isIn(path, underLaw)),
  );
  expect(needed).toEqual([...ELSEWHERE.keys()]);
});
