import { join } from 'node:path';

/** A process that is both broker and controller. */
export type BrokerNode = {
  /** From 1. */
  readonly id: number;
  readonly directory: string;
  readonly port: number;
  readonly controllerPort: number;
  /** A second listener, with the port that is advertised to its clients: that of a proxy. */
  readonly proxied?: { readonly port: number; readonly advertised: number };
};

/** The directory in which a node keeps its records. */
export const storageDirectory = ({ directory, id }: BrokerNode): string => join(directory, `broker-${id}`);

/** The properties file of a node. `nodes` are all nodes of its cluster. */
export function settingsOf(node: BrokerNode, nodes: readonly BrokerNode[]): string {
  const properties = {
    ...addresses(node, nodes),
    ...replication(nodes.length),
    ...SHORT_TIMEOUTS,
    ...SMALL_RESOURCES,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

const addresses = (node: BrokerNode, nodes: readonly BrokerNode[]): Record<string, string | number> => ({
  'process.roles': 'broker,controller',
  'node.id': node.id,
  'controller.quorum.voters': nodes.map((each) => `${each.id}@127.0.0.1:${each.controllerPort}`).join(','),
  listeners: listenersOf({
    BROKER: node.port,
    CONTROLLER: node.controllerPort,
    PROXIED: node.proxied?.port,
  }),
  'advertised.listeners': listenersOf({ BROKER: node.port, PROXIED: node.proxied?.advertised }),
  'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT',
  'inter.broker.listener.name': 'BROKER',
  'controller.listener.names': 'CONTROLLER',
  'log.dirs': storageDirectory(node),
  'auto.create.topics.enable': 'false',
});

const listenersOf = (ports: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(ports)
    .flatMap(([name, port]) => (port === undefined ? [] : [`${name}://127.0.0.1:${port}`]))
    .join(',');

/** Each partition has up to three replicas, and a write needs all of them but one. */
function replication(brokers: number): Record<string, number> {
  const replicas = Math.min(brokers, 3);
  const inSync = Math.max(replicas - 1, 1);
  return {
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
  };
}

/** Timeouts that are useful between machines and only cost time on one. */
const SHORT_TIMEOUTS = {
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 1000,
  'broker.heartbeat.interval.ms': 400,
  // A killed broker can register again only after this time.
  'broker.session.timeout.ms': 2000,
} as const;

const SMALL_RESOURCES = {
  'offsets.topic.num.partitions': 4,
  'transaction.state.log.num.partitions': 4,
  'num.network.threads': 2,
  'num.io.threads': 4,
  'background.threads': 2,
  'log.cleaner.dedupe.buffer.size': 4_194_304,
} as const;
