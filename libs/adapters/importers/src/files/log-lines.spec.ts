import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { folderOf } from './folder.ts';
import { hasLogLines } from './log-lines.ts';

const isStepLine = (line: string): boolean => line.startsWith('step');

/** Whether a packed log has lines of steps, and how many lines were looked at. */
async function searched(text: string) {
  let lines = 0;
  const { files } = folderOf('f', { '0.txt.gz': gzipSync(text) });
  const found = await Promise.all(
    files.map(async (file) =>
      hasLogLines(file, await file.headText(), (batch) => {
        lines += batch.length;
        return batch.filter(isStepLine).length;
      }),
    ),
  );
  return { found: found.includes(true), lines };
}

it('looks at a bounded number of lines, however short they are', async () => {
  const { found, lines } = await searched('\n'.repeat(2_000_000));
  expect(found).toBe(false);
  expect(lines).toBeLessThan(200_000);
});

it('finds the lines of a log behind 90,000 others', async () => {
  expect(await searched(`${'+ true\n'.repeat(90_000)}step 1\nstep 2\n`)).toMatchObject({ found: true });
});
