import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runScript } from './python-sdk.fixture.ts';

type Restarts = {
  /** Where the script keeps the step of its last checkpoint. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly steps: number;
  /** Milliseconds after which each start is killed; the next one goes on from the last checkpoint. */
  readonly kills: readonly number[];
  /** Kills the server and starts it again, between two starts of the script. */
  readonly restart: () => Promise<void>;
};

/** Plays `restarted_run.py` until it ends by itself; the number of its starts. */
export async function playRestarts({
  directory,
  env,
  steps,
  kills,
  restart,
}: Restarts): Promise<{ attempts: number }> {
  const script = { name: 'restarted_run.py', args: [directory, String(steps)], env };
  for (const [at, milliseconds] of kills.entries()) {
    const { code } = await runScript(script, milliseconds);
    if (code === 0) return { attempts: at + 1 };
    if (at % 2 === 0) await restart();
  }
  const last = await runScript(script);
  expect(last).toMatchObject({ code: 0 });
  return { attempts: kills.length + 1 };
}

export type Ask = <Answer>(query: string) => Promise<Answer>;

/** Asks the server of a data directory as its owner. */
export async function askAsOwner<Answer>(data: string, query: string): Promise<Answer> {
  const { url, token } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as Record<
    string,
    string
  >;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { data: answer, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  expect(errors).toBeUndefined();
  return answer;
}

const WHOLE = `{
  run(id: "restarted") { attempt status lastStep tokens complete }
  exposure(run: "restarted") { complete reason total prorated rows { slice tokens } }
}`;

/** Expects that each step of the run counts once, with all that it consumed, whatever was killed. */
export async function expectWholeRun(
  ask: Ask,
  { attempts, steps }: { readonly attempts: number; readonly steps: number },
): Promise<void> {
  await expect
    .poll(() => ask(WHOLE))
    .toMatchObject({
      run: { attempt: attempts, status: 'completed', lastStep: steps, tokens: 100 * steps, complete: true },
      exposure: {
        complete: true,
        total: 100 * steps,
        prorated: 0,
        rows: [
          { slice: 'code', tokens: 60 * steps },
          { slice: 'math', tokens: 40 * steps },
        ],
      },
    });
}
