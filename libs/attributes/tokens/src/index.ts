export { openTokenCounter, TABLES_FROM, tokenizerNamed, tokenizerNames } from './tokenizers.ts';
export type { TokenCounter, TokenizerName } from './tokenizers.ts';
