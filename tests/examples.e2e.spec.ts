import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli, pattern, runBlocks } from './examples.fixture.ts';
import { hasTools, openGuides, showsItsCommands } from './guides.suite.ts';

const opened = openGuides();
afterAll(() => opened.close());

describe.skipIf(!hasTools)('README.md (needs bash and curl)', () => {
  it('shows what its event by hand leads to', async () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const [, command = '', shown = ''] =
      /^```\n(curl -s [^]*?)^```\n\n^```\n([^]*?)^```$/m.exec(readme) ?? [];
    expect(command).toContain('npx tributary exposure my-run');
    const { url, directory } = await opened.serve('readme');
    const npx = `npx() { shift; '${process.execPath}' '${cli}' "$@"; }`;
    const texts = [command.replace('http://127.0.0.1:4800', url)];
    const [output = ''] = await runBlocks(texts, { directory, folder: opened.folder, prelude: npx });
    expect(output.slice(output.indexOf('my-run,')).trim()).toMatch(pattern(shown));
  });
});

describe.skipIf(!hasTools).each(['ingest', 'runs'])('docs/guides/%s.md (needs bash and curl)', (guide) => {
  showsItsCommands(opened, guide);
});
