import { readFileSync } from 'node:fs';
import { faultText } from '@tributary/http';
import { start } from '@tributary/lifecycle';
import { readConfig } from './config.ts';
import { makeTopics } from './make-topics.ts';
import { openIngest } from './open-ingest.ts';

const [, , command, file] = process.argv;

/** `main.js topics FILE` makes the topics of a list and ends; without a command it serves. */
async function topics(path: string): Promise<void> {
  const { kafka } = readConfig({ TRIBUTARY_BLOBS: '.', ...process.env });
  const names = await makeTopics(kafka, readFileSync(path, 'utf8'));
  console.log(`there are ${names.join(', ')}`);
}

if (command === 'topics' && file !== undefined)
  await topics(file).catch((error: unknown) => {
    console.error(faultText(error));
    process.exitCode = 1;
  });
else await start({ service: 'ingest', readConfig, open: openIngest }, process.env);
