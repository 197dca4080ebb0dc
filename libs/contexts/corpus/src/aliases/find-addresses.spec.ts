import { underSignal } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { findAddresses } from './find-addresses.ts';

const ADDRESSES = Array.from({ length: 1_000 }, (_, at) => `s3://corpus/${at}.npy`);

/** As many rules as are followed, of which one maps the addresses. */
const RULES = Array.from({ length: 1_000 }, (_, at) => ({
  rule_kind: 'prefix',
  address: at === 0 ? 's3://corpus/' : `s3://other-${at}/`,
  other: `https://mirror-${at}.example/`,
  evidence: at + 1,
}));

/** Searches among the rules alone, and counts how often the event loop goes around before something else is read. */
async function search(signal?: AbortSignal) {
  let [turns, followed, isOver] = [0, -1, false];
  const around = (): void => {
    turns += 1;
    if (!isOver) setImmediate(around);
  };
  const reader: SqlReader = {
    all: async ({ name, row }) => {
      if (name === 'alias-pairs' && followed < 0) followed = turns;
      return name === 'alias-rules' ? RULES.map((rule) => row.parse(rule)) : [];
    },
  };
  setImmediate(around);
  const run = () => findAddresses(reader, ADDRESSES, [9]);
  const found = await (signal ? underSignal(signal, run) : run()).finally(() => (isOver = true));
  return { found, followed };
}

it('gives others their turn while it follows many rules from many addresses', async () => {
  const { found, followed } = await search();
  /* Each address and what the rule makes of it are looked at under each rule, 5,000 pairs of them in a turn. */
  expect(followed).toBeGreaterThanOrEqual((2 * ADDRESSES.length * RULES.length) / 5_000 - 1);
  expect(found.edges).toHaveLength(2 * ADDRESSES.length);
});

it('ends while it follows rules where whoever asked has gone', async () => {
  const asked = new AbortController();
  setImmediate(() => asked.abort(new Error('gone')));
  await expect(search(asked.signal)).rejects.toThrow('gone');
});
