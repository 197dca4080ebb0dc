import { valueIn } from '@tributary/kernel';
import { AssignerProtocol, PartitionAssigners, type Assigner } from 'kafkajs';
import type { Broker, GroupMember } from '../client/broker.ts';
import type { Cluster } from '../client/cluster.ts';
import type { Coordinator, GroupTimes } from './coordinator.ts';
import { Generation } from './generation.ts';
import { sendJoin } from './join-request.ts';

export type Joining = {
  readonly topic: string;
  readonly times: GroupTimes;
  readonly memberId: string;
  /** Called with the id of a new member before its join waits for the others. */
  readonly identified: (memberId: string) => void;
};

/** Joins the current generation of a group, as a known member or, with an empty id, as a new one. */
export async function joinGroup(
  coordinator: Coordinator,
  { topic, times, memberId, identified }: Joining,
): Promise<Generation> {
  return coordinator.request(async (broker, cluster) => {
    const groupId = coordinator.group;
    const assigner = assignerOf(cluster, groupId);
    const request = {
      groupId,
      memberId,
      sessionTimeout: times.session,
      rebalanceTimeout: times.rebalance,
      groupProtocols: [assigner.protocol({ topics: [topic] })],
    };
    const joined = await sendJoin(broker, request, identified);
    const leaseEnd = performance.now() + times.session;
    const leads = joined.leaderId === joined.memberId;
    const assigned = leads ? await assignments(cluster, { assigner, topic, members: joined.members }) : [];
    return syncGroup(broker, { groupId, topic, joined, assigned, leaseEnd });
  });
}

type Joined = { readonly generationId: number; readonly memberId: string };

async function syncGroup(
  broker: Broker,
  sync: {
    groupId: string;
    topic: string;
    joined: Joined;
    assigned: { memberId: string; memberAssignment: Buffer }[];
    leaseEnd: number;
  },
): Promise<Generation> {
  const { generationId, memberId } = sync.joined;
  const { memberAssignment } = await broker.syncGroup({
    groupId: sync.groupId,
    generationId,
    memberId,
    groupAssignment: sync.assigned,
  });
  const { assignment = {} } = AssignerProtocol.MemberAssignment.decode(memberAssignment) ?? {};
  const partitions = valueIn(assignment, sync.topic) ?? [];
  return new Generation(generationId, memberId, {
    partitions: partitions.toSorted((a, b) => a - b),
    leaseEnd: sync.leaseEnd,
  });
}

/** The leader of the group assigns the partitions. kafkajs's round robin sorts the members, so assignments are stable. */
async function assignments(
  cluster: Cluster,
  { assigner, topic, members }: { assigner: Assigner; topic: string; members: GroupMember[] },
): Promise<{ memberId: string; memberAssignment: Buffer }[]> {
  await cluster.refreshMetadata();
  return assigner.assign({ members, topics: [topic] });
}

function assignerOf(cluster: Cluster, groupId: string): Assigner {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the assigner only reads the topic's metadata
  const given = { cluster, groupId } as unknown as Parameters<typeof PartitionAssigners.roundRobin>[0];
  return PartitionAssigners.roundRobin(given);
}
