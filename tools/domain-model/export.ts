import { encodeModel } from '../../libs/adapters/onnx/src/index.ts';
import { BUCKETS, FEATURISER } from '../../libs/attributes/domain/src/index.ts';
import type { Model } from './train.ts';

type Naming = {
  readonly name: string;
  readonly labels: readonly string[];
  readonly taxonomy: string;
  readonly manifestSha256: string;
};

/**
 * Rows of the buckets of a chunk, weighted and added, plus the bias: logits [chunks, labels].
 * Labels, featuriser and the digest of the manifest of the training data are in the metadata.
 */
export const exportModel = (
  { weights, bias }: Model,
  { name, labels, taxonomy, manifestSha256 }: Naming,
): Uint8Array =>
  encodeModel({
    name,
    inputs: [
      { name: 'ids', type: 'int32', dims: ['chunks', 'width'] },
      { name: 'weights', type: 'float32', dims: ['chunks', 1, 'width'] },
    ],
    outputs: [{ name: 'logits', type: 'float32', dims: ['chunks', labels.length] }],
    constants: new Map([
      ['table', { dims: [BUCKETS, labels.length], data: weights }],
      ['bias', { dims: [labels.length], data: bias }],
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
      labels: labels.join(','),
      taxonomy,
      featuriser: FEATURISER,
      manifest_sha256: manifestSha256,
    },
  });
