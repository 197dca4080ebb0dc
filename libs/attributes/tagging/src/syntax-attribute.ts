import { codeInText, languageNamed, syntaxParser } from '@tributary/syntax';
import type { SyntaxOutcome } from '@tributary/syntax';
import type {
  Attribute,
  Instrument,
  MeasuredDocument,
  MeasureOptions,
  SourcedDocument,
} from './attribute.ts';

/** Syntax of code in 16 languages. */
export const syntaxAttribute: Attribute = {
  name: 'syntax',
  description:
    'syntax of code in 16 languages, by tree-sitter: size, comments, errors, Halstead, cyclomatic complexity',
  values: {
    language: 'language of the code',
    ast_nodes: 'named nodes of the syntax tree',
    ast_depth: 'depth of the tree in named nodes',
    ast_types: 'kinds of named nodes',
    error_ratio: 'errors for each named node',
    comment_ratio: 'characters in comments for each character of code',
    executable_code_density:
      'characters of tokens, without comments and errors, for each character of the document',
    ts_halstead_difficulty: 'n1 / 2 times N2 / n2, of tokens',
    ts_halstead_volume: '(N1 + N2) log2 (n1 + n2), of tokens',
    ts_cyclomatic: '1 and the branches, loops, handlers and branching operators',
  },
  groups: ({ language }) => ({ language: String(language) }),
  open: async (options) =>
    openSyntax(options, (outcome) => ('code' in outcome ? outcome : { values: outcome.values })),
};

/** Loads the parser; `measuredBy` makes the values of a document from its syntax. */
export async function openSyntax(
  { isCode = false, language }: MeasureOptions,
  measuredBy: (outcome: SyntaxOutcome) => MeasuredDocument,
) {
  if (language !== undefined && languageNamed(language) === undefined)
    return { ok: false, refusal: 'language_unknown', text: `there is no grammar for ${language}` } as const;
  const parser = await syntaxParser();
  const measureOne = async ({ text, path }: SourcedDocument): Promise<MeasuredDocument> => {
    const found = codeInText(text, { path, language, isCode });
    if ('refusal' in found) return { code: found.refusal, reason: found.reason };
    return measuredBy(await parser.measure(found.code, found.language, text.length));
  };
  const instrument: Instrument = {
    name: 'tree-sitter',
    version: '0.27.2, grammars 0.3.1',
    measure: async (documents) => {
      const measured: MeasuredDocument[] = [];
      for (const document of documents) measured.push(await measureOne(document));
      return measured;
    },
    close: async () => parser.close(),
  };
  return { ok: true, instrument } as const;
}
