/* Runs every block of docs/questions.md and writes what they print into the page: npx tsx tools/questions/main.ts */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../../services/standalone/src/server-under-test.fixture.ts';
import {
  COMMAND_LINE,
  commandsOf,
  DCLM,
  questionsPage,
  runBlocks,
  workingDirectory,
} from '../../tests/examples.fixture.ts';
import { compactJson, examplesIn, excerpt, withoutTimes, withOutputs, withSummary } from './page.ts';
import type { DataSet, Example } from './page.ts';

/** The sets of data that share a server, in the order in which they are asked, and the commands before theirs. The tests run the same. */
const SERVERS: readonly { readonly before: readonly string[]; readonly data: readonly DataSet[] }[] = [
  { before: commandsOf('cli.md').slice(0, 1), data: ['lab'] },
  { before: commandsOf('import.md'), data: ['samples', ...(existsSync(DCLM) ? (['dclm'] as const) : [])] },
];

async function outputsOf(examples: readonly Example[], before: readonly string[]): Promise<string[]> {
  const folder = workingDirectory(temporaryDirectory());
  const server = await startServer(join(folder, 'data'));
  try {
    const commands = examples.flatMap(({ language, text }) => (language === 'bash' ? [text] : []));
    const session = { directory: server.directory, folder, prelude: COMMAND_LINE };
    const printed = (await runBlocks([...before, ...commands], session)).slice(before.length);
    const outputs: string[] = [];
    for (const { language, text } of examples)
      outputs.push(
        language === 'bash'
          ? withoutTimes(printed.shift() ?? '')
          : compactJson(excerpt(await server.ask<unknown>(text))),
      );
    copyPictures(folder);
    return outputs;
  } finally {
    await server.end('SIGTERM');
    removeDirectory(folder);
  }
}

/** The pictures that commands have drawn in a folder, beside the page. */
function copyPictures(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.svg'))) {
    const svg = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(dirname(questionsPage), name), withoutTimes(svg));
  }
}

const page = readFileSync(questionsPage, 'utf8');
const examples = examplesIn(page);
const found = new Map<Example, string>();
for (const { before, data } of SERVERS) {
  /* A position counts what was recorded before, so blocks of one set come first wherever the page has them. */
  const asked = data.flatMap((set) => examples.filter((example) => example.data === set));
  for (const [index, output] of (await outputsOf(asked, before)).entries()) {
    const example = asked[index];
    if (example) found.set(example, output);
  }
}
const written = withSummary(
  withOutputs(
    page,
    examples.map((example) => found.get(example)),
  ),
);
writeFileSync(questionsPage, written);
console.error(`wrote the outputs of ${found.size} of ${examples.length} blocks`);
