import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { record, recordingOf } from '@tributary/test-processes';
import type { Recording } from '@tributary/test-processes';
import {
  fact,
  ndjson,
  serverOf,
  serverProcess,
  withOutput,
} from '../../services/standalone/src/server-under-test.fixture.ts';
import type { SentEvent, ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';

const RUNS = ['r0', 'r1', 'r2'];
/** Longer data than this is stored as a blob. */
const BLOB_BYTES = 64 * 1024;

/**
 * Records a server with an empty directory under load: its start, facts in batches, of which some are refused in part and
 * some have long data, inserts of few rows and the merges that they cause, a rebuild, and its end.
 */
export async function recordServer(directory: string, rounds: number): Promise<Recording> {
  const data = join(directory, 'data');
  mkdirSync(data);
  const { command, env } = serverProcess(data);
  const recorded = record(command, join(directory, 'trace'), env);
  const server = await serverOf(withOutput(recorded.child), data);
  for (let round = 0; round < rounds; round += 1) {
    const reply = await server.send(ndjson(batch(round)), { query: '?atomic=false' });
    if (reply.status >= 300) throw new Error(`${reply.status}: ${reply.text}`);
    if (round % 2 === 0) await server.caughtUp();
    if (round === Math.floor(rounds / 2)) await rebuild(server);
  }
  await server.caughtUp();
  return recordingOf(await recorded.end('SIGTERM'), data);
}

const rebuild = (server: ServerUnderTest) => server.ask('mutation { rebuild { equal } }');

/** Facts of every run. */
function batch(round: number): SentEvent[] {
  return RUNS.flatMap((runId, index) => {
    const steps = Array.from({ length: 4 }, (_value, offset) => round * 4 + offset);
    const columns = { loss: steps.map((step) => (step % 128) / 16), tokens: steps.map(() => 16) };
    const exposure = { firstStep: steps[0], lastStep: steps.at(-1), unit: 'token', method: 'measured' };
    return [
      ...(round === 0 ? [1, 2].map((attempt) => started(runId, attempt)) : []),
      /* Before the steps: otherwise what the run consumed would not be complete between the two facts. */
      fact('training.exposure.recorded', {
        runId,
        attempt: 1,
        ...exposure,
        amounts: [{ slice: 'code', amount: 64 }],
      }),
      fact('training.steps.recorded', { runId, attempt: 1, steps, columns }),
      ...(round % 5 === index ? [longFact(runId, round)] : []),
      ...(round % 7 === index ? [fact('training.run.ended', { runId, attempt: 'first' })] : []),
    ];
  });
}

const started = (runId: string, attempt: number, config: object = {}): SentEvent =>
  fact('training.run.started', { runId, attempt, model: { name: 'lm' }, config, seeds: { init: attempt } });

const longFact = (runId: string, round: number): SentEvent =>
  started(`${runId}-${round}`, 1, { notes: `${round} `.repeat(BLOB_BYTES / 2) });
