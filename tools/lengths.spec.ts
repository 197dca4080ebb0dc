import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isTest, typescriptFiles } from './sources.ts';

/** Limits of the mean and the 95th percentile of lengths. The hard limits (400 and 60 lines) are lint rules. */
const FILE = { mean: 86, p95: 240 };
const FUNCTION = { mean: 14, p95: 42 };

const sources = typescriptFiles().filter(({ path }) => !isTest(path) && /^(libs|services)\//.test(path));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0;

function functionLengths(path: string, text: string): number[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const lengths: number[] = [];
  const visit = (node: ts.Node): void => {
    const isNamed =
      ts.isFunctionDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isConstructorDeclaration(node) ||
      ((ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && ts.isVariableDeclaration(node.parent));
    if (isNamed && node.body) lengths.push(lineAt(node.getEnd()) - lineAt(node.getStart()) + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lengths;
}

describe('the length of files and functions', () => {
  it('is at most 86 lines for a file at the mean, and 240 at the 95th percentile', () => {
    const lengths = sources.map(({ text }) => text.split('\n').length - 1);
    expect(mean(lengths)).toBeLessThanOrEqual(FILE.mean);
    expect(p95(lengths)).toBeLessThanOrEqual(FILE.p95);
  });

  it('is at most 14 lines for a function at the mean, and 42 at the 95th percentile', () => {
    const lengths = sources.flatMap(({ path, text }) => functionLengths(path, text));
    expect(mean(lengths)).toBeLessThanOrEqual(FUNCTION.mean);
    expect(p95(lengths)).toBeLessThanOrEqual(FUNCTION.p95);
  });
});
