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
