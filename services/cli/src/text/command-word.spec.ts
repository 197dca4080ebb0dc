import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoted, commandWord } from './command-word.ts';

const hasSh = spawnSync('sh', ['-c', ':']).status === 0;

it('leaves the names that need no quotes as they are', () => {
  for (const name of ['lab-full-s1', 'mixture:a@b', 'runs/a_1.jsonl', '@math=x,y'])
    expect(commandWord(name)).toBe(name);
  for (const name of ['', 'a b', "it's", '$HOME', '-f', 'a;b', '*', '~', '=x', 'ä'])
    expect(commandWord(name)).toBe(quoted(name));
});

it.skipIf(!hasSh)('is one word with this text, whatever stands in it (needs sh)', () => {
  const text = fc
    .string({ unit: 'binary', maxLength: 20 })
    .filter((one) => !one.includes('\0') && one.isWellFormed());
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (words) => {
      for (const written of [commandWord, quoted]) {
        const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${words.map(written).join(' ')}`], {
          encoding: 'utf8',
        });
        expect(stdout.split('\0').slice(0, -1)).toEqual(words);
      }
    }),
    { numRuns: 40 },
  );
});
