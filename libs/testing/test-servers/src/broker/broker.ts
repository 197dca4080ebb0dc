import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jarsOf } from './jars.ts';
import { removeAtExit } from './remove-at-exit.ts';
import { freePorts } from './ports.ts';
import { format, startProcess, writeSettings } from './process.ts';
import type { BrokerProcess } from './process.ts';
import { settingsOf } from './settings.ts';
import type { BrokerNode } from './settings.ts';

type BrokerOptions = {
  /** The version that tools/broker/pom.xml names, unless given. */
  readonly version?: string | undefined;
  /** 1 unless given. */
  readonly brokers?: number;
  /**
   * Opens a second door at each broker, of the port that is given, and tells clients that come in there the port that
   * this resolves with: a proxy's that leads to it. Their connections then all go through the proxy.
   */
  readonly advertise?: (port: number) => Promise<number>;
};

/** A cluster of real brokers on the loopback, with a directory of its own. Brokers are counted from 0. */
export type Broker = {
  /** host:port by broker; the same over a restart. */
  readonly bootstrap: readonly string[];
  /** The same through what `advertise` has put between; empty without it. */
  readonly proxied: readonly string[];
  readonly version: string;
  /** Settings, logs and records of all brokers. */
  readonly directory: string;
  /** Process numbers of the brokers that run. */
  pids(): readonly number[];
  /** SIGKILL, as a crash does it. */
  kill(index?: number): Promise<void>;
  /** Kills it where it runs, starts it on what its directory holds, and resolves when it serves. */
  restart(index?: number): Promise<void>;
  /** Stops it in its tracks without closing its connections, until it is thawed. */
  freeze(index?: number): void;
  thaw(index?: number): void;
  /** Kills all and deletes what they kept. Happens by itself when this process ends, however it ends. */
  stop(): Promise<void>;
};

/** Resolves when every broker serves. Throws Error saying what is missing, or the last lines of a broker that failed. */
export async function startBroker({ version, brokers = 1, advertise }: BrokerOptions = {}): Promise<Broker> {
  const jars = jarsOf(version);
  if (!jars.ok) throw new Error(`no broker can be started: ${jars.reason}`);
  const directory = await mkdtemp(join(tmpdir(), 'tributary-broker-'));
  const sweep = removeAtExit(directory);
  try {
    const nodes = await nodesOf(directory, { brokers, advertise });
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

async function formatAll(nodes: readonly BrokerNode[], classpath: string): Promise<void> {
  const clusterId = newClusterId();
  await Promise.all(
    nodes.map(async (node) => {
      await writeSettings(node, settingsOf(node, nodes));
      await format(node, clusterId, classpath);
    }),
  );
}

/** Sixteen bytes in base64url; not led by a dash, which a command line would take for an option. */
function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('base64url');
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
