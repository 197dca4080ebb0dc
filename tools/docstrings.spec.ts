import ts from 'typescript';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');

/** Packages whose public functions document their parameters and results: shapes, units, refusals, sources of formulas. */
const DOCUMENTED = /^libs\/core\/|^libs\/contexts\/attribution$|^libs\/adapters\/clickhouse$/;

const entries = workspaces()
  .filter(({ folder }) => DOCUMENTED.test(folder))
  .map(({ folder }) => join(root, folder, 'src/index.ts'));
const program = ts.createProgram(entries, {
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  customConditions: ['source'],
  allowImportingTsExtensions: true,
  skipLibCheck: true,
});
const checker = program.getTypeChecker();

function publicFunctions(entry: string): ts.Symbol[] {
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  return (module ? checker.getExportsOfModule(module) : [])
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter(
      (symbol) =>
        symbol.valueDeclaration !== undefined &&
        checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0 &&
        !symbol.valueDeclaration.getSourceFile().fileName.includes('/generated/'),
    );
}

it.each(entries.map((entry) => [entry.slice(root.length + 1), entry] as const))(
  'has a docstring on every public function of %s',
  (_, entry) => {
    expect(readFileSync(entry, 'utf8')).not.toBe('');
    const silent = publicFunctions(entry).filter(
      (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).length < 20,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  },
);
