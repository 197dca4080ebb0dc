import type { Broker } from '../client/broker.ts';
import type { Cluster } from '../client/cluster.ts';
import type { ClusterConnection } from '../client/cluster-connection.ts';

/** Milliseconds. */
export type GroupTimes = {
  /** After as long without a heartbeat, the broker assigns the partitions to other members. */
  readonly session: number;
  readonly heartbeat: number;
  /** How long the broker waits for the members to rejoin. */
  readonly rebalance: number;
  /** Between a failure of the work on a partition and its next start. */
  readonly retry: number;
};

export type GroupContext = {
  readonly topic: string;
  readonly times: GroupTimes;
  readonly report: (line: string) => void;
  /** Connections that nothing else uses. */
  readonly connection: ClusterConnection;
  /** For the request that leaves the group: while a join waits, a broker answers nothing else on its connection. */
  readonly leaveConnection: ClusterConnection;
};

/** The broker that coordinates a group. It is looked up again after any error. */
export class Coordinator {
  readonly group: string;
  readonly #connection: ClusterConnection;
  #known: { readonly cluster: Cluster; readonly broker: Broker } | undefined;

  constructor(link: ClusterConnection, group: string) {
    this.#connection = link;
    this.group = group;
  }

  /** Sends one request. Throws kafkajs's error. */
  request<T>(send: (broker: Broker, cluster: Cluster) => Promise<T>): Promise<T> {
    return this.#connection.use(async (cluster) => {
      if (this.#known?.cluster !== cluster) {
        this.#known = { cluster, broker: await cluster.findGroupCoordinator({ groupId: this.group }) };
      }
      try {
        return await send(this.#known.broker, cluster);
      } catch (error) {
        this.#known = undefined;
        throw error;
      }
    });
  }
}
