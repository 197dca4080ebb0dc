import { instantNow, valueIn } from '@tributary/kernel';
import type { Instant } from '@tributary/kernel';
import { AssignerProtocol } from 'kafkajs';
import type { Broker } from '../client/broker.ts';
import { Assignment } from './assignment.ts';
import type { Coordinator, GroupTimes } from './coordinator.ts';
import { Generation } from './generation.ts';
import { sendJoin } from './join-request.ts';

export type Joining = {
  readonly topic: string;
  readonly times: GroupTimes;
  readonly memberId: string;
  /** Whether this member is to get all partitions. */
  readonly holds?: boolean;
  /** Called with the id of a new member before its join waits for the others. */
  readonly identified: (memberId: string) => void;
};

/** Joins the current generation of a group, as a known member or, with an empty id, as a new one. */
export async function joinGroup(
  coordinator: Coordinator,
  { topic, times, memberId, holds = false, identified }: Joining,
): Promise<Generation> {
  return coordinator.request(async (broker, cluster) => {
    const groupId = coordinator.group;
    const assignment = new Assignment(cluster, { group: groupId, topic });
    const request = {
      groupId,
      memberId,
      sessionTimeout: times.session,
      rebalanceTimeout: times.rebalance,
      groupProtocols: [assignment.protocol(holds)],
    };
    const joined = await sendJoin(broker, request, identified);
    const leased = instantNow();
    const leads = joined.leaderId === joined.memberId;
    const assigned = leads ? await assignment.assign(joined.members) : [];
    return syncGroup(broker, { groupId, topic, joined, assigned, lease: { session: times.session, leased } });
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
    lease: { session: number; leased: Instant };
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
    ...sync.lease,
  });
}
