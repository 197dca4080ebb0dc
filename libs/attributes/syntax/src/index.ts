export { codeInText, fencedBlocks } from './code-in-text.ts';
export { languageNamed } from './grammar.ts';
export { syntaxParser } from './syntax-parser.ts';
export type { SyntaxOutcome } from './syntax-parser.ts';
