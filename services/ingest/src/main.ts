import { readFileSync } from 'node:fs';
import { withSecretFiles } from '@tributary/configuration';
import { faultText } from '@tributary/http';
import { printOnlyPrintable } from '@tributary/kernel';
import { copyEvents, createTopics, start } from '@tributary/lifecycle';
import { readConfig } from './config.ts';
import { copyRequest, copyText, COPY_USAGE } from './copy-command.ts';
import { openIngest } from './open-ingest.ts';

printOnlyPrintable([process.stdout, process.stderr]);

const [, , command, ...args] = process.argv;
const USAGE = 2;

const kafkaConfig = () =>
  readConfig(withSecretFiles({ TRIBUTARY_BLOBS: '.', ...process.env }, (path) => readFileSync(path, 'utf8')))
    .kafka;

/** `node dist/ingest.js topics FILE` creates the missing topics of a list and ends. */
async function topics(path: string): Promise<number> {
  const names = await createTopics(kafkaConfig(), readFileSync(path, 'utf8'));
  console.log(`topics: ${names.join(', ')}`);
  return 0;
}

/** `node dist/ingest.js copy NEW --partitions N` copies the topic of events into one with another number of partitions, and ends. */
async function copy(): Promise<number> {
  const request = copyRequest(args);
  if (request === undefined) {
    console.error(COPY_USAGE);
    return USAGE;
  }
  const kafka = kafkaConfig();
  const copied = await copyEvents(kafka, request, (line) => console.error(line));
  console.log(copyText(copied, { from: kafka.topic, request }));
  return copied.left === 0 ? 0 : 1;
}

const commands = new Map([
  ['topics', () => topics(args[0] ?? '')],
  ['copy', copy],
]);
const run = commands.get(command ?? '');
if (run === undefined) await start({ service: 'ingest', readConfig, open: openIngest }, process.env);
else
  process.exitCode = await run().catch((error: unknown) => {
    console.error(faultText(error));
    return 1;
  });
