import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAll } from './format.ts';
import { jarsOf } from './jars.ts';
import { removeAtExit } from './remove-at-exit.ts';
import { freePorts } from './ports.ts';
import { startProcess, writeSettings } from './process.ts';
import type { BrokerProcess } from './process.ts';
import { settingsOf } from './settings.ts';
import type { BrokerNode } from './settings.ts';

type BrokerOptions = {
  /** Default: the version in tools/broker/pom.xml. */
  readonly version?: string | undefined;
  /** Default: 1. */
  readonly brokers?: number;
  /**
   * Adds a second listener to each broker. It is called with the port of the listener and resolves with the port to
   * advertise to its clients: that of a proxy to it. All connections of these clients then go through the proxy.
   */
  readonly advertise?: (port: number) => Promise<number>;
};

/** A cluster of real brokers on the loopback interface, in a temporary directory. Brokers are numbered from 0. */
export type Broker = {
  /** `host:port` of each broker. A restart keeps it. */
  readonly bootstrap: readonly string[];
  /** `host:port` of each broker through its proxy. Empty without `advertise`. */
  readonly proxied: readonly string[];
  readonly version: string;
  /** Contains settings, logs and records of all brokers. */
  readonly directory: string;
  /** PIDs of the running brokers. */
  pids(): readonly number[];
  /** Sends SIGKILL. */
  kill(index?: number): Promise<void>;
  /** Kills the broker if it runs, and starts it with its directory. Resolves when it serves. */
  restart(index?: number): Promise<void>;
  /** Sends SIGSTOP: the process stops without closing its connections, until `thaw`. */
  freeze(index?: number): void;
  thaw(index?: number): void;
  /** Kills all brokers and deletes the directory. This also happens when this process ends in any way. */
  stop(): Promise<void>;
};

/** Starts brokers. Resolves when all of them serve. Throws an Error with what is missing or the last lines of a broker's log. */
export async function startBroker({ version, brokers = 1, advertise }: BrokerOptions = {}): Promise<Broker> {
  const jars = jarsOf(version);
  if (!jars.ok) throw new Error(`no broker can be started: ${jars.reason}`);
  const directory = await mkdtemp(join(tmpdir(), 'tributary-broker-'));
  const sweep = removeAtExit(directory);
  try {
    const nodes = await nodesOf(directory, { brokers, advertise });
    await Promise.all(nodes.map(async (node) => writeSettings(node, settingsOf(node, nodes))));
    await formatAll(nodes, jars.classpath);
    const start = async (node: BrokerNode): Promise<BrokerProcess> => startProcess(node, jars.classpath);
    const running = await Promise.all(nodes.map(start));
    return { version: jars.version, directory, ...brokerOf({ nodes, running, start, sweep }) };
  } catch (error) {
    await sweep();
    throw error;
  }
}

type Listeners = { readonly brokers: number; readonly advertise: BrokerOptions['advertise'] };

async function nodesOf(directory: string, { brokers, advertise }: Listeners): Promise<BrokerNode[]> {
  const ports = await freePorts(brokers * 3);
  return Promise.all(
    ports.slice(0, brokers).map(async (port, index) => {
      const [controllerPort = 0, second = 0] = [ports[brokers + index], ports[2 * brokers + index]];
      const node = { id: index + 1, directory, port, controllerPort };
      return advertise ? { ...node, proxied: { port: second, advertised: await advertise(second) } } : node;
    }),
  );
}

type RunningCluster = {
  readonly nodes: readonly BrokerNode[];
  readonly running: (BrokerProcess | undefined)[];
  readonly start: (node: BrokerNode) => Promise<BrokerProcess>;
  readonly sweep: () => Promise<void>;
};

function brokerOf({ nodes, running, start, sweep }: RunningCluster): Omit<Broker, 'version' | 'directory'> {
  const kill = async (index = 0): Promise<void> => {
    await running[index]?.kill();
    running[index] = undefined;
  };
  return {
    bootstrap: nodes.map(({ port }) => `127.0.0.1:${port}`),
    proxied: nodes.flatMap(({ proxied }) => (proxied ? [`127.0.0.1:${proxied.advertised}`] : [])),
    pids: () => running.flatMap((process) => process?.pid ?? []),
    kill,
    restart: async (index = 0) => {
      await kill(index);
      const node = nodes[index];
      if (node === undefined) throw new Error(`there is no broker ${index}; the cluster has ${nodes.length}`);
      running[index] = await start(node);
    },
    freeze: (index = 0) => running[index]?.send('SIGSTOP'),
    thaw: (index = 0) => running[index]?.send('SIGCONT'),
    stop: async () => {
      await Promise.all(nodes.map(async (_, index) => kill(index)));
      await sweep();
    },
  };
}
