/* Asks `/health` again and again until it is told to stop, and answers with the milliseconds that each took. */
import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const agent = new Agent({ keepAlive: true });
const times = [];
let isStopped = false;

const ask = () =>
  new Promise((resolve, reject) => {
    get(`${workerData.url}/health`, { agent }, (response) => {
      response.resume();
      response.once('end', resolve);
    }).once('error', reject);
  });

parentPort?.once('message', () => (isStopped = true));
await ask();
parentPort?.postMessage('ready');
while (!isStopped) {
  const began = performance.now();
  await ask();
  times.push(performance.now() - began);
  await new Promise((resolve) => setTimeout(resolve, 10));
}
parentPort?.postMessage(times);
parentPort?.close();
