import ts from 'typescript';
import { STORED, WORDS } from './words.ts';
import type { Word } from './words.ts';

/** An occurrence of a word of the list; `line` counts from 1. */
export type WordFound = { readonly line: number; readonly text: string; readonly term: string };

const NAME_KINDS = new Set<number>([ts.SyntaxKind.Identifier, ts.SyntaxKind.PrivateIdentifier]);
const byWord = new Map(WORDS.map((word) => [word.word, word]));
const inProse = WORDS.filter(({ identifiersOnly }) => identifiersOnly !== true);

/** `readDeadLetters`, `read_dead_letters`, `read-dead-letters` → read, dead, letters. */
export const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

function isAllowed(word: Word, words: readonly string[], index: number): boolean {
  const before = words[index - 1] ?? '';
  const after = words[index + 1] ?? '';
  return word.allowedBefore?.includes(before) === true || word.allowedAfter?.includes(after) === true;
}

/** The words of the list in one name: an identifier or a path. */
export function wordsInName(name: string): Word[] {
  const words = wordsOf(name);
  return words.flatMap((text, index) => {
    const word = byWord.get(text);
    return word !== undefined && !isAllowed(word, words, index) ? [word] : [];
  });
}

/** The words of the list in prose: a document, a comment or a string. */
export function wordsInProse(text: string): Word[] {
  const words = text.toLowerCase().split(/[^a-z\d]+/);
  return inProse.filter((word) =>
    words.some((text, index) => text === word.word && !isAllowed(word, words, index)),
  );
}

/** Declared names, comments and strings of a TypeScript source. */
export function wordsInSource(path: string, text: string): WordFound[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const found: WordFound[] = [];
  const report = (position: number, shown: string, words: readonly Word[]): void => {
    for (const { term } of words) found.push({ line: lineAt(position), text: shown.slice(0, 60), term });
  };
  const visit = (node: ts.Node): void => {
    const name = declaredName(node);
    if (
      name &&
      !((ts.isPropertyAssignment(node) || ts.isPropertySignature(node)) && isStored(path, name.text))
    )
      report(name.getStart(), name.text, wordsInName(name.text));
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (!isStored(path, node.text)) report(node.getStart(), node.text, wordsInProse(node.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { pos, end } of comments(source))
    report(pos, text.slice(pos, end), wordsInProse(text.slice(pos, end)));
  return found;
}

/** Names of stored columns, tables, databases, cursors and headers do not change, nor names of other systems. */
export const isStored = (path: string, name: string): boolean =>
  STORED.some(({ folder, names }) => path.includes(folder) && names.includes(name));

function declaredName(node: ts.Node): ts.Identifier | ts.PrivateIdentifier | undefined {
  const isUse =
    ts.isPropertyAccessExpression(node) || ts.isImportSpecifier(node) || ts.isExportSpecifier(node);
  if (isUse) return undefined;
  const name = 'name' in node ? node.name : undefined;
  const isName = (value: unknown): value is ts.Identifier | ts.PrivateIdentifier =>
    typeof value === 'object' && value !== null && 'kind' in value && NAME_KINDS.has(Number(value.kind));
  return isName(name) ? name : undefined;
}

function comments(source: ts.SourceFile): ts.TextRange[] {
  const text = source.text;
  const ranges = new Map<number, ts.TextRange>();
  const visit = (node: ts.Node): void => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ])
      ranges.set(range.pos, range);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...ranges.values()];
}
