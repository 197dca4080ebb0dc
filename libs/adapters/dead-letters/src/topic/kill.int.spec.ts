import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Topic } from '@tributary/event-log';
import { runUntilKilled } from '@tributary/test-processes';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import { afterAll, describe, expect, it } from 'vitest';
import { contentOf, newName, topicOf } from './broker-topic.fixture.ts';
import { openTopicDeadLetters } from './open-topic-dead-letters.ts';

const CHILD = new URL('share-until-killed.crash.ts', import.meta.url);

const missing = brokerUnavailable();
const broker = missing === undefined ? await sharedBroker() : undefined;
const directories = Array.from({ length: 3 }, () => mkdtempSync(join(tmpdir(), 'shared-kill-')));
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })));

/** Runs a process that parks and kills it some time after its first acknowledgement. Returns the ids that it acknowledged. */
async function shareUntilKilled(args: readonly string[]): Promise<readonly string[]> {
  const { lines } = await runUntilKilled(CHILD, args, { killAfter: Math.random() * 400 });
  return lines;
}

/** The content of copies that follow the topic. Records that a killed process sent may be appended after its end. */
async function contentsIn(topic: Topic, directories: readonly string[]): Promise<readonly Content[]> {
  const copies = await Promise.all(
    directories.map((directory) => openTopicDeadLetters({ topic, directory })),
  );
  const read = () => Promise.all(copies.map(contentOf));
  await expect
    .poll(async () => new Set((await read()).map((content) => JSON.stringify(content))).size)
    .toBe(1);
  const contents = await read();
  await Promise.all(copies.map((deadLetters) => deadLetters.close()));
  return contents;
}

type Content = Awaited<ReturnType<typeof contentOf>>;

describe.skipIf(missing)(
  `processes that share dead letters and die${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    it('lose nothing that was acknowledged, and count nothing twice', async () => {
      const [one = '', other = '', fresh = ''] = directories;
      const name = newName();
      const topic = await topicOf(broker?.bootstrap ?? [], name);
      const acknowledged = new Map<string, number>();
      for (let kill = 0; kill < 4; kill += 1) {
        const argsFor = (directory: string, first: number) => [
          directory,
          broker?.bootstrap[0] ?? '',
          name,
          String(first),
        ];
        const ids = await Promise.all([
          shareUntilKilled(argsFor(one, kill * 2_000_000)),
          shareUntilKilled(argsFor(other, kill * 2_000_000 + 1_000_000)),
        ]);
        for (const id of ids.flat()) acknowledged.set(id, (acknowledged.get(id) ?? 0) + 1);
      }
      const [expected] = await contentsIn(topic, [fresh, one, other]);
      const seen = new Map(expected?.deadLetters.map((deadLetter) => [deadLetter.id, deadLetter.seen]));
      const short = [...acknowledged].filter(([id, times]) => (seen.get(id) ?? 0) < times);
      expect(short).toEqual([]);
      expect(acknowledged.size).toBeGreaterThan(20);
      await topic.close();
    });
  },
);
