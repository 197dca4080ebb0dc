import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrokerNode } from './settings.ts';

const POLL = 50;
const START_TIMEOUT = 90_000;
const STARTED = 'Kafka Server started';
const LINES = 15;

export const JVM_OPTIONS = [
  '-Xms64m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  // Fast compilation matters more than fast code, because the process runs for a few tests only.
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  // Logs when the broker accepts requests.
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];

export const settingsFile = ({ directory, id }: BrokerNode): string =>
  join(directory, `broker-${id}.properties`);

export const writeSettings = async (node: BrokerNode, settings: string): Promise<void> =>
  writeFile(settingsFile(node), settings);

/** A running JVM of a node. */
export type BrokerProcess = {
  readonly pid: number;
  /** Returns when a process that is stopped stands. */
  send(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Sends SIGKILL. Resolves when the process has ended. */
  kill(): Promise<void>;
};

/** Starts a broker. Resolves when it accepts requests. Throws an Error with the last lines of its log if it ends before. */
export async function startProcess(node: BrokerNode, classpath: string): Promise<BrokerProcess> {
  const log = join(node.directory, `broker-${node.id}.${Date.now()}.log`);
  const child = launch(node, classpath, log);
  const pidFile = join(node.directory, `broker-${node.id}.pid`);
  await writeFile(pidFile, String(child.pid));
  const kill = async (): Promise<void> => {
    if (isGone(child)) return;
    const exit = once(child, 'exit');
    child.ref();
    child.kill('SIGKILL');
    await exit;
    await rm(pidFile, { force: true });
  };
  await started(child, log).catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  const pid = child.pid ?? 0;
  const send = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
    child.kill(signal);
    if (signal === 'SIGSTOP') untilStopped(pid);
  };
  return { pid, send, kill };
}

const STOP_TIMEOUT = 2_000;

/** Threads stop one after the other, and one that still runs may answer a request. Known where there is /proc. */
function untilStopped(pid: number): void {
  const tasks = `/proc/${pid}/task`;
  const until = performance.now() + STOP_TIMEOUT;
  while (existsSync(tasks) && performance.now() < until) {
    const states = readdirSync(tasks).map((task) => stateOf(`${tasks}/${task}/stat`));
    if (states.every((state) => state === 'T' || state === undefined)) return;
  }
}

/** The state of a thread, which stands after its name; undefined where it has ended. */
function stateOf(stat: string): string | undefined {
  try {
    return /\) (\S)/.exec(readFileSync(stat, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function launch(node: BrokerNode, classpath: string, log: string): ChildProcess {
  const output = openSync(log, 'w');
  const child = spawn('java', [...JVM_OPTIONS, '-cp', classpath, 'kafka.Kafka', settingsFile(node)], {
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  return child;
}

const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function started(child: ChildProcess, log: string): Promise<void> {
  const until = Date.now() + START_TIMEOUT;
  for (;;) {
    const written = await readFile(log, 'utf8');
    if (written.includes(STARTED)) return;
    if (isGone(child) || Date.now() > until) throw new Error(failure(child, written));
    await pause(POLL);
  }
}

function failure(child: ChildProcess, written: string): string {
  const how = isGone(child) ? 'ended before it served' : `did not serve within ${START_TIMEOUT / 1000} s`;
  const last = written.trimEnd().split('\n').slice(-LINES).join('\n');
  return `the broker ${how}; the last lines of its log:\n${last}`;
}
