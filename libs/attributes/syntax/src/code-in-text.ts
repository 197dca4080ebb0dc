import { languageNamed, languageOfFile } from './grammar.ts';
import type { Language } from './grammar.ts';

/** The code of a document, or why it has none. */
export type CodeInText =
  | { readonly code: string; readonly language: Language }
  | { readonly refusal: 'no_code_block' | 'language_unknown'; readonly reason: string };

type Where = {
  /** The file of the document. */
  readonly path: string;
  readonly language?: string | undefined;
  /** Whether the text is code as a whole. */
  readonly isCode?: boolean;
};

/**
 * The text as a whole where it is code, or comes from a file in a language that is known; else its fenced blocks in the
 * language of the first of them that is known.
 */
export function codeInText(text: string, { path, language: named, isCode = false }: Where): CodeInText {
  const ofFile = languageOfFile(path);
  const language = named === undefined ? ofFile : languageNamed(named);
  if (isCode || ofFile !== undefined)
    return language === undefined
      ? { refusal: 'language_unknown', reason: 'no grammar is known for the text; name its language' }
      : { code: text, language };
  const blocks = fencedBlocks(text).map(({ name, code }) => ({
    language: name === '' ? language : languageNamed(name),
    code,
  }));
  const first = blocks.find((block) => block.language !== undefined)?.language;
  if (first === undefined)
    return { refusal: 'no_code_block', reason: 'the text has no fenced block in a language with a grammar' };
  return {
    code: blocks.flatMap((block) => (block.language === first ? [block.code] : [])).join('\n'),
    language: first,
  };
}

/** A block of a text between three backticks, and the word behind those that open it. */
type FencedBlock = { readonly name: string; readonly code: string };

const FENCE = /^[ \t]*```/;
const NAME = /^[ \t]*(\S*)/;

/**
 * The blocks of a text between lines that begin with three backticks. A line with other backticks opens none. Each line is
 * looked at once, so that no text takes longer than its length.
 */
export function fencedBlocks(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { readonly name: string; readonly lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const fence = FENCE.exec(line)?.[0];
    if (fence === undefined) open?.lines.push(`${line}\n`);
    else if (open) {
      blocks.push({ name: open.name, code: open.lines.join('') });
      open = undefined;
    } else {
      const behind = line.slice(fence.length);
      if (!behind.includes('`')) open = { name: NAME.exec(behind)?.[1] ?? '', lines: [] };
    }
  }
  return blocks;
}
