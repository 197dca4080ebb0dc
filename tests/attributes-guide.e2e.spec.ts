import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMAND_LINE, examplesOf, pattern, runBlocks } from './examples.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-attributes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasBash = spawnSync('bash', ['--version']).status === 0;

/** Guides about attributes. Verifying traces needs Python, and namespaces for what it runs. */
const GUIDES = ['attributes.md', ...(isIsolating() ? ['traces.md'] : [])];

function isIsolating(): boolean {
  const namespaces = ['--net', '--mount', '--pid', '--ipc', '--fork', 'python3', '--version'];
  return spawnSync('unshare', [...(process.getuid?.() === 0 ? [] : ['--user']), ...namespaces]).status === 0;
}

describe.skipIf(!hasBash).each(GUIDES)('docs/guides/%s (needs bash)', (guide) => {
  it('shows what its commands print', async () => {
    const examples = examplesOf(guide, 'bash');
    expect(examples.length).toBeGreaterThanOrEqual(1);
    const session = { directory: join(folder, `${guide}-data`), folder, prelude: COMMAND_LINE };
    const printed = await runBlocks(
      examples.map(({ text }) => text),
      session,
    );
    for (const [index, { after }] of examples.entries())
      expect(printed[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
  });
});
