/*
 * Sends a request at fixed times until it is told to stop, whether or not those before it have been answered, and answers
 * with the milliseconds from the time at which each was due to its answer. A probe that waits for one answer before it
 * asks again would ask a server that stands still once, and call that one slow answer.
 */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { url, method, type, bodies, interval } = workerData;
const agent = new Agent({ keepAlive: true });
const headers = type === undefined ? {} : { 'content-type': type };
let isStopped = false;
let sent = 0;

const ask = () =>
  new Promise((resolve, reject) => {
    const asked = request(url, { agent, method, headers }, (response) => {
      response.resume();
      response.once('end', resolve);
    }).once('error', reject);
    asked.end(bodies?.replaceAll('NUMBER', String((sent += 1))));
  });

const since = async (due) => {
  await ask();
  return performance.now() - due;
};

parentPort?.once('message', () => (isStopped = true));
await ask();
parentPort?.postMessage('ready');
const answers = [];
for (let due = performance.now(); !isStopped; due += interval) {
  await pause(Math.max(0, due - performance.now()));
  answers.push(since(due));
}
parentPort?.postMessage(await Promise.all(answers));
agent.destroy();
parentPort?.close();
