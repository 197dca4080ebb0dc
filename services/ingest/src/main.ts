import { readFileSync } from 'node:fs';
import { faultText } from '@tributary/http';
import { createTopics, start } from '@tributary/lifecycle';
import { readConfig } from './config.ts';
import { openIngest } from './open-ingest.ts';

const [, , command, file] = process.argv;

/** `main.js topics FILE` creates the missing topics of a list and ends. Without a command the process serves. */
async function topics(path: string): Promise<void> {
  const { kafka } = readConfig({ TRIBUTARY_BLOBS: '.', ...process.env });
  const names = await createTopics(kafka, readFileSync(path, 'utf8'));
  console.log(`topics: ${names.join(', ')}`);
}

if (command === 'topics' && file !== undefined)
  await topics(file).catch((error: unknown) => {
    console.error(faultText(error));
    process.exitCode = 1;
  });
else await start({ service: 'ingest', readConfig, open: openIngest }, process.env);
