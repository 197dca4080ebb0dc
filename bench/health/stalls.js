/*
 * Loaded into the measured server before it starts. Writes a line for each time that its event loop did not go around for
 * a while: how much processor time the main thread used meanwhile, and how long it took by the clock, in milliseconds.
 * Processor time does not count what other processes take from it.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const INTERVAL = 5;
const SHORTEST = 20;

if (isMainThread) {
  const file = process.env['TRIBUTARY_BENCH_STALLS'] ?? '';
  const processorTime = () =>
    Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  let [busy, clock] = [processorTime(), performance.now()];
  setInterval(() => {
    const [busyNow, clockNow] = [processorTime(), performance.now()];
    if (busyNow - busy > SHORTEST) appendFileSync(file, `${busyNow - busy} ${clockNow - clock}\n`);
    [busy, clock] = [busyNow, clockNow];
  }, INTERVAL).unref();
}
