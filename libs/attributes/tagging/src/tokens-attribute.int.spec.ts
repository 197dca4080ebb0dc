import { describe, expect, it } from 'vitest';
import { attributeFacts } from './facts.ts';
import { Summary } from './summary.ts';
import { tokensAttribute } from './tokens-attribute.ts';

async function opened(tokenizer: string) {
  const outcome = await tokensAttribute.open({ tokenizer });
  if (!outcome.ok) throw new Error(outcome.text);
  return outcome.instrument;
}

const TEXTS = ['hello world', '<|endoftext|>', '', 'お誕生日おめでとう'];

async function factsBy(tokenizer: string, isSample = false) {
  const instrument = await opened(tokenizer);
  const summary = new Summary([tokensAttribute]);
  const documents = TEXTS.map((text, row) => ({ path: row < 3 ? 'a' : 'b', row, text }));
  for (const [row, one] of (await instrument.measure(documents)).entries())
    if ('values' in one) summary.add({ path: 'a', row, values: one.values });
  const totals = instrument.totals?.('a');
  const of = { shard: 'a@1', summary, isSample, ...(totals && { totals }) };
  return { facts: attributeFacts(tokensAttribute, instrument, of), all: instrument.totals?.() };
}

describe('tokens', () => {
  it('are recorded under the name of the tokenizer, so that counts of two of them stand beside each other', async () => {
    const { facts, all } = await factsBy('cl100k_base');
    expect(facts.map(({ attribute, values: [value] }) => [attribute, value.value])).toEqual([
      ['tokens.cl100k_base.n_tokens', (2 + 7 + 0 + 9) / 4],
      ['tokens.cl100k_base.bytes_per_token', (11 / 2 + 13 / 7 + 27 / 9) / 3],
      ['tokens.cl100k_base.total_tokens', 9],
      ['tokens.cl100k_base.documents', 4],
    ]);
    expect(all).toEqual({ total_tokens: 18 });
    for (const { instrument } of facts)
      expect(instrument).toEqual({
        name: 'cl100k_base',
        version: expect.stringMatching(/^gpt-tokenizer \d+\.\d+\.\d+, rules 1\.0$/),
      });
    const names = (await factsBy('o200k_base')).facts.map(({ attribute }) => attribute);
    expect(names).toContain('tokens.o200k_base.n_tokens');
  });

  it('of GPT-2 have one name, however they are asked for', async () => {
    expect((await factsBy('gpt2')).facts).toEqual((await factsBy('r50k_base')).facts);
  });

  it('are refused without a tokenizer, and by one that is not known', async () => {
    expect(await tokensAttribute.open({})).toMatchObject({ ok: false, refusal: 'tokenizer_missing' });
    for (const tokenizer of ['', 'o200k', 'toString', '../tokenizer.json'])
      expect(await tokensAttribute.open({ tokenizer })).toMatchObject({
        refusal: 'tokenizer_unknown',
        text: expect.stringContaining('o200k_base'),
      });
  });
});
