import metadataResponse from 'kafkajs/src/protocol/requests/metadata/v6/response.js';

/** The protocol's number for no broker. */
export const NO_LEADER = -1;

const { parse } = metadataResponse;

/**
 * Makes kafkajs accept the metadata of a topic of which a partition has no leader. By itself it refuses them as a whole,
 * so that no other partition could be read or written, and no process could start.
 */
export function acceptMissingLeaders(): void {
  metadataResponse.parse = ({ topicMetadata, ...rest }) =>
    parse({
      ...rest,
      topicMetadata: topicMetadata.map(({ partitionMetadata, ...topic }) => ({
        ...topic,
        partitionMetadata: partitionMetadata.map((partition) =>
          partition.partitionErrorCode === 0
            ? partition
            : { ...partition, partitionErrorCode: 0, leader: NO_LEADER },
        ),
      })),
    });
}
