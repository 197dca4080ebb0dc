import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeParser } from './code-parser.ts';

const built = join(import.meta.dirname, '../dist/python-worker.js');

describe.skipIf(!existsSync(built))('the parser in its thread (needs a build)', () => {
  const parser = codeParser({ milliseconds: 400, memory: 768 * 1024 * 1024 });
  afterAll(() => parser.close());

  it('gives up on one text that takes too long, and measures those before and behind it', async () => {
    const long = `${'x = [0]\n'.repeat(100_000)}a b`;
    const measured = await parser.measure(['x = 1', long, 'y', 'a b'], 'whole');
    expect(measured.map((one) => ('code' in one ? one.code : one.node_count))).toEqual([
      5,
      'time_limit',
      4,
      'syntax_error',
    ]);
  });
});
