import { expect, it } from 'vitest';
import { sliceNames, stripCommon } from './column-names.ts';

it.each([
  [['train_the_pile_arxiv', 'train_the_pile_pile_cc'], ['arxiv', 'pile_cc'], ''],
  [['metric/the_pile_arxiv_val_loss', 'metric/the_pile_pile_cc_val_loss'], ['arxiv', 'pile_cc'], 'val_loss'],
  [['web', 'code', 'code_nl'], ['web', 'code', 'code_nl'], ''],
  [['code', 'code_nl'], ['code', 'code_nl'], ''],
  [['w-c4', 'w-c4-en'], ['c4', 'c4-en'], ''],
  [['lm_loss'], ['lm_loss'], ''],
  [['a', 'a'], ['a', 'a'], ''],
])('strips only common whole tokens from %j, and never a whole name', (columns, names, suffix) => {
  expect(stripCommon(columns)).toEqual({ names, suffix });
});

it('turns names into distinct slices', () => {
  expect(sliceNames(['Pile-CC', 'Web Crawl (2023)', '_code', 'pile-cc', 'math/Lean 4', '???'])).toEqual([
    'pile-cc',
    'web_crawl_2023_',
    'code',
    'pile-cc_2',
    'math/lean_4',
    'slice',
  ]);
});
