/* Sends one request again and again until it is told to stop, and answers with the milliseconds that each took. */
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { url, method, type, bodies } = workerData;
const agent = new Agent({ keepAlive: true });
const times = [];
let isStopped = false;
let sent = 0;

const ask = () =>
  new Promise((resolve, reject) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const asked = request(url, { agent, method, headers }, (response) => {
      response.resume();
      response.once('end', resolve);
    }).once('error', reject);
    asked.end(bodies?.replaceAll('NUMBER', String((sent += 1))));
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
