import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { isTest, typescriptFiles } from './sources.ts';

const root = join(import.meta.dirname, '..');

/** Spreads of lists whose length nobody outside decides, with the reason. */
const BOUNDED = new Map([
  [
    'libs/adapters/importers/src/mosaic-streams/mosaic-streams.ts: ...list.keys',
    'the keys of a value in a configuration, which is read to 64 levels',
  ],
]);

const paths = typescriptFiles()
  .map(({ path }) => path)
  .filter((path) => /^(libs|services)\//.test(path) && !isTest(path));

/** The program of all sources that are not tests, with their packages resolved to sources. */
function programOf(files: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.whole.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const checked = { ...options, noEmit: true, composite: false, incremental: false };
  return ts.createProgram(
    files.map((path) => join(root, path)),
    checked,
  );
}

/** A tuple has a length that the types fix; every other list may be longer than a call has room for arguments. */
function isFixed(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every((one) => isFixed(checker, one));
  if (!checker.isTupleType(type)) return false;
  const { target } = type as ts.TupleTypeReference;
  return (target.combinedFlags & ts.ElementFlags.Variable) === 0;
}

function spreadsIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const given = ts.isCallExpression(node) || ts.isNewExpression(node) ? (node.arguments ?? []) : [];
    for (const argument of given) {
      if (!ts.isSpreadElement(argument)) continue;
      if (!isFixed(checker, checker.getTypeAtLocation(argument.expression)))
        found.push(argument.getText(source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function unbounded(files: readonly string[]): string[] {
  const program = programOf(files);
  const checker = program.getTypeChecker();
  return files.flatMap((path) => {
    const source = program.getSourceFile(join(root, path));
    return source ? spreadsIn(source, checker).map((text) => `${path}: ${text}`) : [`${path}: not read`];
  });
}

it('finds no list of any length that is spread into the arguments of a call', { timeout: 300_000 }, () => {
  expect(paths.length).toBeGreaterThan(500);
  const found = unbounded(paths);
  expect(found.filter((spread) => !BOUNDED.has(spread))).toEqual([]);
  expect([...BOUNDED.keys()].filter((spread) => !found.includes(spread))).toEqual([]);
});

it('tells lists from tuples', () => {
  const name = '/case.ts';
  const text = `declare const list: number[]; declare const pair: [number, number]; declare const some: [number?, ...string[]];
    f(...list); f(...pair); new F(...some); f(...[1, 2] as const); f(...(list.length ? pair : list)); g([...list]);
    declare const F: any; declare function f(...of: unknown[]): void; declare function g(of: unknown): void;`;
  const options = { noEmit: true, target: ts.ScriptTarget.ESNext };
  const host = ts.createCompilerHost(options);
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => (path === name ? source : read(path, ...rest));
  const program = ts.createProgram([name], options, host);
  const found = spreadsIn(source, program.getTypeChecker());
  expect(found).toEqual(['...list', '...some', '...(list.length ? pair : list)']);
});
