import { encodeModel } from '../../libs/adapters/onnx/src/index.ts';
import { BUCKETS, DOMAINS, FEATURISER, TAXONOMY } from '../../libs/attributes/domain/src/index.ts';
import type { Model } from './train.ts';

/**
 * Rows of the buckets of a chunk, weighted and added, plus the bias: logits [chunks, domains].
 * Labels, featuriser and the digest of the manifest of the training data are in the metadata.
 */
export const exportModel = ({ weights, bias }: Model, manifestSha256: string): Uint8Array =>
  encodeModel({
    name: 'domain',
    inputs: [
      { name: 'ids', type: 'int32', dims: ['chunks', 'width'] },
      { name: 'weights', type: 'float32', dims: ['chunks', 1, 'width'] },
    ],
    outputs: [{ name: 'logits', type: 'float32', dims: ['chunks', DOMAINS.length] }],
    constants: new Map([
      ['table', { dims: [BUCKETS, DOMAINS.length], data: weights }],
      ['bias', { dims: [DOMAINS.length], data: bias }],
    ]),
    nodes: [
      {
        operator: 'Gather',
        inputs: ['table', 'ids'],
        outputs: ['rows'],
        integers: { axis: 0 },
      },
      { operator: 'MatMul', inputs: ['weights', 'rows'], outputs: ['sums'] },
      {
        operator: 'Flatten',
        inputs: ['sums'],
        outputs: ['flat'],
        integers: { axis: 1 },
      },
      { operator: 'Add', inputs: ['flat', 'bias'], outputs: ['logits'] },
    ],
    metadata: {
      labels: DOMAINS.join(','),
      taxonomy: TAXONOMY,
      featuriser: FEATURISER,
      manifest_sha256: manifestSha256,
    },
  });
