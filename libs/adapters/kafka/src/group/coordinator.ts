import type { Broker } from '../client/broker.ts';
import type { Cluster } from '../client/cluster.ts';
import type { ClusterConnection } from '../client/cluster-connection.ts';

/** The broker that keeps a group. It is looked up again after any trouble. */
export class Coordinator {
  readonly group: string;
  readonly #connection: ClusterConnection;
  #known: { readonly cluster: Cluster; readonly broker: Broker } | undefined;

  constructor(link: ClusterConnection, group: string) {
    this.#connection = link;
    this.group = group;
  }

  /** Asks once; rejects with kafkajs's error. */
  request<T>(question: (broker: Broker, cluster: Cluster) => Promise<T>): Promise<T> {
    return this.#connection.use(async (cluster) => {
      if (this.#known?.cluster !== cluster) {
        this.#known = { cluster, broker: await cluster.findGroupCoordinator({ groupId: this.group }) };
      }
      try {
        return await question(this.#known.broker, cluster);
      } catch (error) {
        this.#known = undefined;
        throw error;
      }
    });
  }
}
