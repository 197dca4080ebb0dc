import { AssignerProtocol, PartitionAssigners, type Assigner } from 'kafkajs';
import type { GroupMember } from '../client/broker.ts';
import type { Cluster } from '../client/cluster.ts';

/**
 * In the subscription of a member that is to get all partitions. A leader of an earlier version does not look for it, and
 * assigns them as if it were any other member.
 */
const HOLDS = Buffer.from('holds');

type Protocol = { readonly name: string; readonly metadata: Buffer };
type Assigned = { memberId: string; memberAssignment: Buffer };

/** How the partitions of a topic are assigned to the members of a group. */
export class Assignment {
  readonly #cluster: Cluster;
  readonly #topic: string;
  readonly #assigner: Assigner;

  constructor(cluster: Cluster, { group, topic }: { readonly group: string; readonly topic: string }) {
    this.#cluster = cluster;
    this.#topic = topic;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the assigner only reads the topic's metadata
    const given = { cluster, groupId: group } as unknown as Parameters<
      typeof PartitionAssigners.roundRobin
    >[0];
    this.#assigner = PartitionAssigners.roundRobin(given);
  }

  /** What a member asks for: its share, or with `holds` all partitions. */
  protocol(holds: boolean): Protocol {
    const { name, metadata } = this.#assigner.protocol({ topics: [this.#topic] });
    if (!holds) return { name, metadata };
    const { version, topics } = subscription(metadata);
    return { name, metadata: AssignerProtocol.MemberMetadata.encode({ version, topics, userData: HOLDS }) };
  }

  /**
   * As the leader of the group assigns them. kafkajs's round robin sorts the members, so assignments are stable. A member
   * that holds gets all partitions; of several, the first one.
   */
  async assign(members: GroupMember[]): Promise<Assigned[]> {
    await this.#cluster.refreshMetadata();
    const holders = members.filter(({ memberMetadata }) => isHolder(memberMetadata));
    const [holder] = holders.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
    return this.#assigner.assign({ members: holder ? [holder] : members, topics: [this.#topic] });
  }
}

function isHolder(metadata: Buffer): boolean {
  return subscription(metadata).userData?.equals(HOLDS) ?? false;
}

function subscription(metadata: Buffer): {
  readonly version: number;
  readonly topics: string[];
  readonly userData?: Buffer;
} {
  const { version, topics, userData } = AssignerProtocol.MemberMetadata.decode(metadata) ?? {
    version: 0,
    topics: [],
  };
  return { version, topics, ...(Buffer.isBuffer(userData) && { userData }) };
}
