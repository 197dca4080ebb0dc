import joinRequest from 'kafkajs/src/protocol/requests/joinGroup/v5/request.js';
import response from 'kafkajs/src/protocol/requests/joinGroup/v5/response.js';
import type { Broker, GroupMember } from '../client/broker.ts';
import { isConnectionError } from '../client/broker-fault.ts';

/** Milliseconds that an answer may take beyond the rebalance that it waits for. */
const GRACE = 5000;

export type JoinRequest = Omit<Parameters<typeof joinRequest>[0], 'protocolType'>;

type Joined = {
  readonly generationId: number;
  readonly leaderId: string;
  readonly memberId: string;
  readonly members: GroupMember[];
};

/**
 * Joins a group. A new member, whose id is empty, gets an id from the broker at once and joins with it: `identified` is
 * called between both, since the second answer may take a rebalance, and only a member whose id is known can leave
 * meanwhile. kafkajs's own request keeps the id to itself until then. What `identified` throws is thrown.
 */
export async function sendJoin(
  broker: Broker,
  join: JoinRequest,
  identified: (memberId: string) => void,
): Promise<Joined> {
  try {
    return await send(broker, join);
  } catch (error) {
    const memberId = givenId(error);
    if (memberId === undefined) throw error;
    identified(memberId);
    return send(broker, { ...join, memberId });
  }
}

async function send(broker: Broker, join: JoinRequest): Promise<Joined> {
  const request = joinRequest({ ...join, protocolType: 'consumer' });
  try {
    const requestTimeout = join.rebalanceTimeout + GRACE;
    return await broker.connectionPool.send<Joined>({ request, response, requestTimeout });
  } catch (error) {
    if (isConnectionError(error)) broker.disconnect().catch(() => undefined);
    throw error;
  }
}

/** The id that the broker gives a member that has none. */
function givenId(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'KafkaJSMemberIdRequired') return undefined;
  return 'memberId' in error && typeof error.memberId === 'string' ? error.memberId : undefined;
}
