type OffsetOfPartition = { partition: number; offset: string; metadata: string | null };
type ByTopic<P> = { topic: string; partitions: P[] }[];

export type GroupMember = { memberId: string; memberMetadata: Buffer };

/** The requests that a connected broker answers, as far as the log asks them. */
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
  joinGroup(request: {
    groupId: string;
    sessionTimeout: number;
    rebalanceTimeout: number;
    memberId: string;
    groupProtocols: { name: string; metadata: Buffer }[];
  }): Promise<{ generationId: number; leaderId: string; memberId: string; members: GroupMember[] }>;
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
  /** Two connections: one for fetching, which may wait long, one for everything else. */
  connectionPool: {
    getConnection(index?: number): Promise<unknown>;
    send<T>(exchange: {
      request: { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string };
      response: { decode(answer: Buffer): T; parse(answer: T): T };
      requestTimeout: number;
    }): Promise<T>;
  };
};
