import { describe, expect, it } from 'vitest';
import { encodeModel } from './encode-model.ts';
import { inspectModel } from './inspect-model.ts';
import { affine, externalTensor, modelOf, nodeWith, power } from './models.fixture.ts';
import { MessageWriter } from './protobuf.ts';

it('reads inputs, outputs, operators, opset and metadata of a model', () => {
  expect(inspectModel(encodeModel(affine))).toEqual({
    ok: true,
    model: {
      irVersion: 8,
      opset: 17,
      inputs: affine.inputs,
      outputs: affine.outputs,
      operators: ['Gemm'],
      metadata: { labels: 'left,right' },
    },
  });
});

describe('data in another file is refused, wherever a tensor may stand', () => {
  const sparse = (): MessageWriter => new MessageWriter().message(1, externalTensor());
  const inner = (): MessageWriter => new MessageWriter().message(5, externalTensor());
  it.each([
    ['an initialiser', new MessageWriter().message(5, externalTensor())],
    ['a sparse initialiser', new MessageWriter().message(15, sparse())],
    [
      'indices of a sparse initialiser',
      new MessageWriter().message(15, new MessageWriter().message(2, externalTensor())),
    ],
    ['a constant', new MessageWriter().message(1, nodeWith(5, externalTensor()))],
    ['a list of constants', new MessageWriter().message(1, nodeWith(10, externalTensor()))],
    ['a sparse constant', new MessageWriter().message(1, nodeWith(22, sparse()))],
    ['a list of sparse constants', new MessageWriter().message(1, nodeWith(23, sparse()))],
    ['an inner graph', new MessageWriter().message(1, nodeWith(6, inner()))],
    ['a list of inner graphs', new MessageWriter().message(1, nodeWith(11, inner()))],
  ])('%s', (_, graph) => {
    expect(inspectModel(modelOf(graph))).toMatchObject({ ok: false, refusal: 'model_external_data' });
  });

  it('a function and what a training step would set', () => {
    const node = nodeWith(5, externalTensor());
    const withFunction = Buffer.concat([
      encodeModel(affine),
      new MessageWriter().message(25, new MessageWriter().message(7, node)).finish(),
    ]);
    const withTraining = Buffer.concat([
      encodeModel(affine),
      new MessageWriter().message(20, new MessageWriter().message(1, inner())).finish(),
    ]);
    expect(inspectModel(withFunction)).toMatchObject({ refusal: 'model_external_data' });
    expect(inspectModel(withTraining)).toMatchObject({ refusal: 'model_external_data' });
  });
});

it('refuses operators of other domains, and graphs nested more than four deep', () => {
  const foreign = new MessageWriter().text(2, 'y').text(4, 'Fast').text(7, 'com.example');
  expect(inspectModel(modelOf(new MessageWriter().message(1, foreign)))).toMatchObject({
    refusal: 'model_operator',
    text: expect.stringContaining('com.example'),
  });
  let graph = new MessageWriter();
  for (let depth = 0; depth < 5; depth++) graph = new MessageWriter().message(1, nodeWith(6, graph));
  expect(inspectModel(modelOf(graph))).toMatchObject({ refusal: 'model_operator' });
});

it('refuses bytes that are no model, and every beginning of a model, without throwing', () => {
  expect(inspectModel(Buffer.from('<html>'))).toMatchObject({ ok: false });
  expect(inspectModel(new Uint8Array())).toMatchObject({ refusal: 'model_unreadable' });
  const bytes = encodeModel({ ...power, nodes: power.nodes.slice(0, 2) });
  for (let end = 0; end < bytes.length; end++) {
    const result = inspectModel(bytes.subarray(0, end));
    expect(result.ok || result.refusal === 'model_unreadable').toBe(true);
  }
});
