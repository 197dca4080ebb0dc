import { join } from 'node:path';
import ts from 'typescript';
import { isTest, typescriptFiles } from '../sources.ts';

const root = join(import.meta.dirname, '../..');

/** What a rule finds in a file. */
export type Rule = (source: ts.SourceFile, checker: ts.TypeChecker) => readonly string[];

/** The files of libraries, services, tools and benchmarks that are not tests, relative to the root. */
export const productionFiles = (): string[] =>
  typescriptFiles()
    .map(({ path }) => path)
    .filter((path) => /^(libs|services|tools|bench)\//.test(path) && !isTest(path));

/** A program of these files, with the types of all packages resolved to sources. */
export function programOf(paths: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.whole.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = paths.map((path) => join(root, path));
  return ts.createProgram(files, { ...options, noEmit: true, composite: false, incremental: false });
}

/** What a rule finds in the files of a program, as `path: text`. */
export function findInProgram(program: ts.Program, paths: readonly string[], rule: Rule): string[] {
  return paths.flatMap((path) => {
    const source = program.getSourceFile(join(root, path));
    return source
      ? rule(source, program.getTypeChecker()).map((text) => `${path}: ${text}`)
      : [`${path}: not read`];
  });
}

/** What a rule finds in a text. */
export function findInText(text: string, rule: Rule): readonly string[] {
  const name = '/case.ts';
  const options = { noEmit: true, strict: true, target: ts.ScriptTarget.ESNext };
  const host = ts.createCompilerHost(options);
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => (path === name ? source : read(path, ...rest));
  return rule(source, ts.createProgram([name], options, host).getTypeChecker());
}

/** Names of the functions that a module exports and that have no docstring, or nearly none. */
export function undocumentedIn(program: ts.Program, path: string): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(root, path));
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${path} is no module of the program`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => isFunction(checker, symbol))
    .filter((symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).length < 20)
    .map(({ name }) => name);
}

const isFunction = (checker: ts.TypeChecker, symbol: ts.Symbol): boolean =>
  symbol.valueDeclaration !== undefined &&
  checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0 &&
  !symbol.valueDeclaration.getSourceFile().fileName.includes('/generated/');
