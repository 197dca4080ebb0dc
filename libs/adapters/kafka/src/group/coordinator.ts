import type { Broker } from '../client/broker.ts';
import type { Cluster } from '../client/cluster.ts';
import type { Link } from '../client/link.ts';

/** The broker that keeps a group. It is looked up again after any trouble. */
export class Coordinator {
  readonly group: string;
  readonly #link: Link;
  #known: { readonly cluster: Cluster; readonly broker: Broker } | undefined;

  constructor(link: Link, group: string) {
    this.#link = link;
    this.group = group;
  }

  /** Asks once; rejects with kafkajs's error. */
  ask<T>(question: (broker: Broker, cluster: Cluster) => Promise<T>): Promise<T> {
    return this.#link.use(async (cluster) => {
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
