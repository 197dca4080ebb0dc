import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import { countNodes } from './count-nodes.ts';
import type { Language } from './grammar.ts';
import { syntaxValues } from './syntax-values.ts';
import type { SyntaxValues } from './syntax-values.ts';

export type SyntaxOutcome =
  | { readonly values: SyntaxValues; readonly tokens: TokenCounts }
  | { readonly code: 'time_limit' | 'parser_failed'; readonly reason: string };

export type SyntaxParser = {
  /** Syntax of code in a document of `length` code units. */
  measure(code: string, language: Language, length: number): Promise<SyntaxOutcome>;
  close(): void;
};

/** Distinct operators, operands, distinct operands. */
type TokenCounts = { readonly n1: number; readonly N2: number; readonly n2: number };

/** Of processor time, for one document. */
const LIMIT_MS = 2000;

const { resolve } = createRequire(import.meta.url);

/** Loads tree-sitter from the installed package; a grammar is loaded when its language first comes. */
export async function syntaxParser(): Promise<SyntaxParser> {
  await Parser.init({ locateFile: () => resolve('web-tree-sitter/web-tree-sitter.wasm') });
  const parser = new Parser();
  const grammars = new Map<Language, Promise<Grammar>>();
  const grammarOf = (language: Language): Promise<Grammar> => {
    const loaded = grammars.get(language) ?? loadGrammar(language);
    grammars.set(language, loaded);
    return loaded;
  };
  return {
    async measure(code, language, length) {
      parser.setLanguage(await grammarOf(language));
      return measured(parser, code, (tree) => {
        const counts = countNodes(tree, code);
        const { operators, operands } = counts;
        return {
          values: syntaxValues(counts, language, code, length),
          tokens: { n1: operators.distinct.size, N2: operands.total, n2: operands.distinct.size },
        };
      });
    },
    close: () => parser.delete(),
  };
}

const loadGrammar = async (language: Language): Promise<Grammar> =>
  Grammar.load(await readFile(resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`)));

/** A tree lies in memory that nobody else gives back. */
function measured(parser: Parser, code: string, counted: (tree: Tree) => SyntaxOutcome): SyntaxOutcome {
  const start = process.cpuUsage();
  const isOver = (): boolean => {
    const { user, system } = process.cpuUsage(start);
    return user + system > LIMIT_MS * 1000;
  };
  try {
    const tree = parser.parse(code, null, { progressCallback: isOver });
    if (!tree) {
      parser.reset();
      return {
        code: 'time_limit',
        reason: `the grammar took more than ${LIMIT_MS / 1000} seconds of processor time`,
      };
    }
    try {
      return counted(tree);
    } finally {
      tree.delete();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { code: 'parser_failed', reason: `the grammar could not read the code: ${why}` };
  }
}
