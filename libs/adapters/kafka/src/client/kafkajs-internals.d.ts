/** Parts of kafkajs 2.2.4 that it does not export; the version is pinned. */
declare module 'kafkajs/src/protocol/error.js' {
  /** The error that kafkajs throws for a protocol code. */
  export const createErrorFromCode: (code: number) => Error & { readonly type: string };
}

declare module 'kafkajs/src/protocol/recordBatch/crc32C/index.js' {
  const crc32c: (bytes: Uint8Array) => number;
  export default crc32c;
}

declare module 'kafkajs/src/protocol/requests/fetch/v11/request.js' {
  const fetchRequest: (fetch: {
    readonly replicaId: number;
    readonly maxWaitTime: number;
    readonly minBytes: number;
    readonly maxBytes: number;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly {
        readonly partition: number;
        readonly fetchOffset: string;
        readonly maxBytes: number;
      }[];
    }[];
  }) => { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string };
  export default fetchRequest;
}

declare module 'kafkajs/src/protocol/requests/joinGroup/v5/request.js' {
  const joinRequest: (join: {
    readonly groupId: string;
    readonly memberId: string;
    readonly sessionTimeout: number;
    readonly rebalanceTimeout: number;
    readonly protocolType: string;
    readonly groupProtocols: readonly { readonly name: string; readonly metadata: Buffer }[];
  }) => { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string };
  export default joinRequest;
}

declare module 'kafkajs/src/protocol/requests/joinGroup/v5/response.js' {
  type Joined = {
    readonly generationId: number;
    readonly leaderId: string;
    readonly memberId: string;
    readonly members: { memberId: string; memberMetadata: Buffer }[];
  };
  const response: {
    decode(answer: Buffer): Promise<Joined>;
    /** Throws the error of the protocol's code; that of a missing member id has the id to join with. */
    parse(answer: Joined): Promise<Joined>;
  };
  export default response;
}

declare module 'kafkajs/src/protocol/requests/metadata/v6/response.js' {
  type Metadata = {
    readonly topicMetadata: readonly {
      readonly partitionMetadata: readonly { readonly partitionErrorCode: number; readonly leader: number }[];
    }[];
  };
  /** The object that kafkajs looks `parse` up in for each response. */
  const response: { parse: (metadata: Metadata) => Promise<Metadata> };
  export default response;
}

declare module 'kafkajs/src/network/connection.js' {
  import type { Socket } from 'node:net';

  /** One connection to a broker, which is opened again after each end. */
  export default class Connection {
    constructor(options: {
      readonly host: string;
      readonly port: number;
      readonly logger: { readonly namespace: () => Record<'debug' | 'error', () => void> };
      readonly socketFactory: (to: { host: string; port: number; onConnect: () => void }) => Socket;
      readonly requestTimeout: number;
      readonly connectionTimeout: number;
    });
    socket?: Socket;
    /** Bytes that were received and are no whole answer yet. */
    chunks: Buffer[];
    bytesBuffered: number;
    bytesNeeded: number;
    isConnected(): boolean;
    connect: (this: Connection) => Promise<boolean>;
    processData: (this: Connection, bytes: Buffer) => void;
    send<Answer>(sent: {
      readonly request: {
        readonly apiKey: number;
        readonly apiVersion: number;
        readonly apiName: string;
        readonly encode: () => Promise<unknown>;
      };
      readonly response: {
        readonly decode: (answer: Buffer) => Promise<unknown>;
        readonly parse: (decoded: unknown) => Promise<Answer>;
      };
    }): Promise<Answer>;
  }
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {}
}
