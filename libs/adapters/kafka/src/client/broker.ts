type OffsetOfPartition = { partition: number; offset: string; metadata: string | null };
type ByTopic<P> = { topic: string; partitions: P[] }[];

export type GroupMember = { memberId: string; memberMetadata: Buffer };

/** A connected broker: the requests that this package sends. */
export type Broker = {
  nodeId: number;
  disconnect(): Promise<void>;
  listOffsets(request: {
    isolationLevel: number;
    topics: ByTopic<{ partition: number; timestamp: number }>;
  }): Promise<{ responses: ByTopic<{ partition: number; offset: string }> }>;
  offsetCommit(request: {
    groupId: string;
    groupGenerationId: number;
    memberId: string;
    topics: ByTopic<OffsetOfPartition>;
  }): Promise<unknown>;
  offsetFetch(request: {
    groupId: string;
    topics: ByTopic<{ partition: number }>;
  }): Promise<{ responses: ByTopic<OffsetOfPartition> }>;
  syncGroup(request: {
    groupId: string;
    generationId: number;
    memberId: string;
    groupAssignment: { memberId: string; memberAssignment: Buffer }[];
  }): Promise<{ memberAssignment: Buffer }>;
  heartbeat(request: { groupId: string; groupGenerationId: number; memberId: string }): Promise<unknown>;
  describeGroups(request: {
    groupIds: string[];
  }): Promise<{ groups: { groupId: string; members: unknown[] }[] }>;
  leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>;
  /** Two connections: one for fetch requests, which the broker may hold for long, and one for all others. */
  connectionPool: {
    getConnection(index?: number): Promise<unknown>;
    send<T>(exchange: {
      request: { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string };
      response: { decode(answer: Buffer): T | Promise<T>; parse(answer: T): T | Promise<T> };
      requestTimeout: number;
    }): Promise<T>;
  };
};

const serialised = new WeakSet<object>();

/**
 * While a connection is being opened, kafkajs opens another one for each further request, keeps only the last, and
 * writes to it before it is connected. This makes all requests wait for the first one.
 */
export function serialiseConnects(broker: Broker): Broker {
  const { connectionPool: pool } = broker;
  if (serialised.has(pool)) return broker;
  serialised.add(pool);
  const open = pool.getConnection.bind(pool);
  const opening = new Map<number, Promise<unknown>>();
  pool.getConnection = (index = 0) => {
    const known = opening.get(index);
    if (known) return known;
    const opened = open(index).finally(() => opening.delete(index));
    opening.set(index, opened);
    return opened;
  };
  return broker;
}
