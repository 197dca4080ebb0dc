/*
 * Compares the path from a topic into the tables (broker, projector and engine on this machine) with the engine's own
 * insert of the same rows as Native blocks over the same HTTP connection.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordOf } from '@tributary/capture';
import { connectServer, migrate } from '@tributary/clickhouse';
import { connectTopic, partitionOf } from '@tributary/kafka';
import { startBroker, startClickHouse } from '@tributary/test-servers';
import type { Broker, ClickHouse } from '@tributary/test-servers';
import { numbersOf } from '../arguments.ts';
import { cpuSeconds } from '../pipeline/cpu.ts';
import { eventLine, steps, tableRow } from '../pipeline/rows.ts';
import { progress } from '../progress.ts';
import { median, ratio, whole, writeResults } from '../results.ts';

const [count = NaN, rounds = NaN] = numbersOf({
  rows: { standard: 262_144, least: 4_096, most: 8_388_608 },
  rounds: { standard: 3, least: 1, most: 20 },
});
const SHAPES = [{ stepsPerEvent: 1 }, { stepsPerEvent: 64 }, { stepsPerEvent: 256 }];
const PARTITIONS = 4;
const DEAD_LETTERS = 'dead-letters';
const BLOCK_ROWS = 250_000;
const PROJECTOR = join(import.meta.dirname, '../../dist/projector.js');
const MIGRATIONS = join(import.meta.dirname, '../../migrations/clickhouse');

type Measured = { readonly seconds: number; readonly cpuSeconds: number };

const made = steps(count);

/** Creates a topic and appends the steps to it as events. Returns the number of events. */
async function filledTopic(broker: Broker, name: string, stepsPerEvent: number): Promise<number> {
  const create = { partitions: PARTITIONS, replicas: 1, config: { 'retention.ms': '-1' } };
  const topic = await connectTopic({ brokers: broker.bootstrap, clientId: 'bench', topic: name, create });
  let events = 0;
  for (let at = 0; at < made.length; at += stepsPerEvent * 500) {
    const lines = chunks(made.slice(at, at + stepsPerEvent * 500), stepsPerEvent).map(eventLine);
    events += lines.length;
    await topic.append(lines.map(record));
  }
  await topic.close();
  return events;
}

function record(line: string) {
  const event: { source: string; id: string; type: string; data: { runId: string } } = JSON.parse(line);
  const stream = `run/${event.data.runId}`;
  const written = recordOf(
    { source: event.source, id: event.id, type: event.type, stream, bytes: Buffer.from(line) },
    { recordTime: Date.now() * 1000 },
  );
  return { ...written, partition: partitionOf(written.key, PARTITIONS) };
}

/** Measures from the assignment of partitions to a projector until its group has committed the end of the topic. */
async function throughProjector(
  broker: Broker,
  clickhouse: ClickHouse,
  { topic, events }: { topic: string; events: number },
): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const group = `bench-${topic}`;
  const watching = await connectTopic({ brokers: broker.bootstrap, clientId: 'watch', topic });
  const pids = [...broker.pids(), clickhouse.pid];
  const before = pids.map(cpuSeconds);
  const projector = spawn(process.execPath, [PROJECTOR], {
    env: {
      PORT: '0',
      KAFKA_BROKERS: broker.bootstrap.join(','),
      KAFKA_TOPIC: topic,
      KAFKA_DEAD_LETTERS_TOPIC: DEAD_LETTERS,
      KAFKA_GROUP: group,
      CLICKHOUSE_URL: clickhouse.url,
      TRIBUTARY_BLOBS: join(directory, 'blobs'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await logEvent(projector.stdout, 'projector.assigned');
    const began = performance.now();
    for (;;) {
      const commits = await watching.commits(group);
      const done = commits.reduce((sum, commit) => sum + (commit?.offset ?? 0), 0);
      if (done === events) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const seconds = (performance.now() - began) / 1000;
    const others = pids.reduce((sum, pid, index) => sum + cpuSeconds(pid) - (before[index] ?? 0), 0);
    return { seconds, cpuSeconds: others + cpuSeconds(projector.pid ?? 0) };
  } finally {
    projector.kill('SIGKILL');
    await watching.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Resolves when the process has logged the event. */
function logEvent(output: NodeJS.ReadableStream, event: string): Promise<void> {
  return new Promise((resolve) => {
    let text = '';
    output.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes(`"event":"${event}"`)) resolve();
    });
  });
}

/** Inserts the same rows as blocks that are encoded before the measurement starts. */
async function engineAlone(clickhouse: ClickHouse, round: number): Promise<Measured> {
  const engine = await connectServer({ url: clickhouse.url, compress: false });
  const encoder = await engine.encoder('tributary.training_step');
  const blocks = chunks(made, BLOCK_ROWS).map((some, index) => {
    const builder = encoder.builder();
    builder.add(some.map((step, at) => tableRow(step, index * BLOCK_ROWS + at + 1)));
    return builder.finish();
  });
  const before = cpuSeconds(clickhouse.pid) + cpuSeconds(process.pid);
  const began = performance.now();
  for (const [index, block] of blocks.entries())
    await engine.insert({ token: `bench:${round}:${index}`, block });
  const seconds = (performance.now() - began) / 1000;
  const after = cpuSeconds(clickhouse.pid) + cpuSeconds(process.pid);
  await engine.close();
  return { seconds, cpuSeconds: after - before };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

type Round = {
  readonly engine: Measured;
  readonly shapes: readonly Measured[];
  readonly events: readonly number[];
};

const next = progress(rounds * (1 + SHAPES.length));

async function round(number: number): Promise<Round> {
  const broker = await startBroker();
  try {
    const create = { partitions: 1, replicas: 1 };
    const deadLetters = { brokers: broker.bootstrap, clientId: 'bench', topic: DEAD_LETTERS, create };
    await (await connectTopic(deadLetters)).close();
    const shapes: Measured[] = [];
    const counts: number[] = [];
    for (const { stepsPerEvent } of SHAPES) {
      next(`round ${number}, through the projector at ${stepsPerEvent} steps an event`);
      const topic = `steps-${stepsPerEvent}`;
      const events = await filledTopic(broker, topic, stepsPerEvent);
      counts.push(events);
      shapes.push(await onTables((clickhouse) => throughProjector(broker, clickhouse, { topic, events })));
    }
    next(`round ${number}, the engine alone`);
    return {
      engine: await onTables((clickhouse) => engineAlone(clickhouse, number)),
      shapes,
      events: counts,
    };
  } finally {
    await broker.stop();
  }
}

/** Measures on new, empty tables, because a projector stops when the offsets of its group are behind its tables. */
async function onTables(measure: (clickhouse: ClickHouse) => Promise<Measured>): Promise<Measured> {
  const clickhouse = await startClickHouse();
  try {
    const tables = await connectServer({ url: clickhouse.url });
    await migrate(tables, MIGRATIONS);
    await tables.close();
    return await measure(clickhouse);
  } finally {
    await clickhouse.stop();
  }
}

const results: Round[] = [];
for (let number = 1; number <= rounds; number += 1) results.push(await round(number));

const engineSeconds = median(results.map(({ engine }) => engine.seconds));
const engineCpu = median(results.map(({ engine }) => engine.cpuSeconds));
writeResults('kafka', `--rows ${count} --rounds ${rounds}`, [
  {
    title: `From a topic of ${PARTITIONS} partitions into the tables, ${whole(count)} rows, medians of ${rounds} rounds; broker, projector and engine on the same cores. The engine's own insert of the same Native blocks over the same HTTP takes ${whole(count / engineSeconds)} rows a second.`,
    columns: ['steps an event', 'events a second', 'rows a second', 'ratio of time', 'ratio of CPU'],
    rows: SHAPES.map(({ stepsPerEvent }, index) => {
      const seconds = median(results.map(({ shapes }) => shapes[index]?.seconds ?? NaN));
      const cpu = median(results.map(({ shapes }) => shapes[index]?.cpuSeconds ?? NaN));
      const events = results[0]?.events[index] ?? NaN;
      return [
        stepsPerEvent,
        whole(events / seconds),
        whole(count / seconds),
        ratio(engineSeconds / seconds),
        ratio(engineCpu / cpu),
      ];
    }),
  },
]);
process.exit(0);
