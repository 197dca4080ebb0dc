import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../services/standalone/src/server-under-test.fixture.ts';
import { COMMAND_LINE, examplesOf, pattern, runBlocks, workingDirectory } from './examples.fixture.ts';

/** Whether the machine has the tools that the commands of the guides use. */
export const hasTools = ['bash', 'curl', 'sed', 'gzip'].every(
  (tool) => spawnSync(tool, ['--version']).status === 0,
);

/** Servers for guides, each with its data in the folder in which the commands run. Each ends before the next one starts. */
export function openGuides() {
  const folder = workingDirectory(temporaryDirectory());
  let server: ServerUnderTest | undefined;
  return {
    folder,
    running: () => server,
    async serve(name: string): Promise<ServerUnderTest> {
      await server?.end('SIGTERM');
      mkdirSync(join(folder, name));
      return (server = await startServer(join(folder, name)));
    },
    async close(): Promise<void> {
      await server?.end('SIGKILL');
      removeDirectory(folder);
    },
  };
}

type Guides = ReturnType<typeof openGuides>;

export const sessionOn = ({ folder }: Guides, { directory }: ServerUnderTest) => ({
  directory,
  folder,
  prelude: COMMAND_LINE,
});

/** Runs the commands of a guide on a new server. */
export function showsItsCommands(opened: Guides, guide: string): void {
  it('shows what its commands print', async () => {
    const serving = await opened.serve(guide);
    const examples = examplesOf(`${guide}.md`, 'bash');
    expect(examples.length).toBeGreaterThanOrEqual(4);
    const texts = examples.map(({ text }) => text.replaceAll('http://127.0.0.1:4800', serving.url));
    const outputs = await runBlocks(texts, sessionOn(opened, serving));
    for (const [index, { after }] of examples.entries())
      expect(outputs[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
  });
}
