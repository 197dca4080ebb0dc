import { openTokenCounter, TABLES_FROM, tokenizerNamed, tokenizerNames } from '@tributary/tokens';
import type { TokenCounter, TokenizerName } from '@tributary/tokens';
import type { Attribute, Instrument, SourcedDocument } from './attribute.ts';

/** How many tokens documents have by the tokenizer that --tokenizer names. */
export const tokensAttribute: Attribute = {
  name: 'tokens',
  description: `tokens by the tokenizer of --tokenizer: ${tokenizerNames.join(', ')}`,
  values: {
    n_tokens: 'tokens; what looks like a special token is text',
    bytes_per_token: 'bytes in UTF-8 for each token; absent from an empty text',
  },
  totals: { total_tokens: 'tokens of all documents' },
  async open({ tokenizer }) {
    const known = tokenizerNames.join(', ');
    if (tokenizer === undefined) {
      const text = `name the tokenizer with --tokenizer: ${known}`;
      return { ok: false, refusal: 'tokenizer_missing', text };
    }
    const name = tokenizerNamed(tokenizer);
    if (name === undefined) {
      const text = `there is no tokenizer ${tokenizer}; there are ${known}`;
      return { ok: false, refusal: 'tokenizer_unknown', text };
    }
    return { ok: true, instrument: instrumentOf(name, await openTokenCounter(name)) };
  },
};

function instrumentOf(name: TokenizerName, tokensIn: TokenCounter): Instrument {
  const byFile = new Map<string, number>();
  const measure = ({ path, text }: SourcedDocument) => {
    const tokens = tokensIn(text);
    byFile.set(path, (byFile.get(path) ?? 0) + tokens);
    const perToken = tokens > 0 && { bytes_per_token: Buffer.byteLength(text) / tokens };
    return { values: { n_tokens: tokens, ...perToken } };
  };
  return {
    name,
    version: TABLES_FROM,
    variant: name,
    measure: async (documents) => documents.map(measure),
    totals: (path) => ({
      total_tokens: path === undefined ? sumOf([...byFile.values()]) : (byFile.get(path) ?? 0),
    }),
    close: async () => undefined,
  };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
