import { join } from 'node:path';
import { ndjson, runEnded } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const manifest = join(import.meta.dirname, '../../../libs/adapters/clickhouse/package.json');

/**
 * From SIGUSR2 on each statement takes minutes, but for the second one, which fails, so that its session is replaced beside
 * running statements. The process exits with 7 within 300 ms of the first one.
 */
const hook = `
import { createRequire } from 'node:module';
const { Session } = createRequire(${JSON.stringify(manifest)})('chdb');
const run = Session.prototype.queryAsync;
process.on('SIGUSR2', () => {
  let statements = 0;
  Session.prototype.queryAsync = function (_sql, options) {
    statements += 1;
    if (statements === 1) setTimeout(() => process.exit(7), Math.random() * 300);
    const sql = statements === 2 ? 'SELECT throwIf(1)' : 'SELECT sum(cityHash64(number)) FROM numbers(1000000000000)';
    return run.call(this, sql, options);
  };
});`;

/** The environment of a server that `exitWhileBusy` can end. */
export const endsWhileBusy = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
};

/** Makes a server exit with 7 while statements of the embedded engine run. Resolves with its exit code. */
export async function exitWhileBusy(server: ServerUnderTest): Promise<number | NodeJS.Signals> {
  const exited = server.end('SIGUSR2');
  const query = '{ runs(first: 1) { pageInfo { endCursor } } }';
  const requests = [server.send(ndjson([runEnded('last')])), ...[1, 2, 3].map(() => server.askText(query))];
  await Promise.allSettled(requests);
  return exited;
}
