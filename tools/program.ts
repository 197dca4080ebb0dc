import { join } from 'node:path';
import ts from 'typescript';
import { isTest, typescriptFiles } from './sources.ts';

const root = join(import.meta.dirname, '..');

/** The files of libraries and services that are not tests, relative to the root. */
export const productionFiles = (): string[] =>
  typescriptFiles()
    .map(({ path }) => path)
    .filter((path) => /^(libs|services)\//.test(path) && !isTest(path));

/** What a rule finds in a file, with the types of all packages resolved to sources, as `path: text`. */
export function findInProgram(
  paths: readonly string[],
  rule: (source: ts.SourceFile, checker: ts.TypeChecker) => readonly string[],
): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.whole.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = paths.map((path) => join(root, path));
  const program = ts.createProgram(files, { ...options, noEmit: true, composite: false, incremental: false });
  const checker = program.getTypeChecker();
  return paths.flatMap((path) => {
    const source = program.getSourceFile(join(root, path));
    return source ? rule(source, checker).map((text) => `${path}: ${text}`) : [`${path}: not read`];
  });
}

/** What a rule finds in a text. */
export function findInText(
  text: string,
  rule: (source: ts.SourceFile, checker: ts.TypeChecker) => readonly string[],
): readonly string[] {
  const name = '/case.ts';
  const options = { noEmit: true, strict: true, target: ts.ScriptTarget.ESNext };
  const host = ts.createCompilerHost(options);
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => (path === name ? source : read(path, ...rest));
  return rule(source, ts.createProgram([name], options, host).getTypeChecker());
}
