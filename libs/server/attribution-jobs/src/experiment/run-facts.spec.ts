import { expect, it } from 'vitest';
import { factsOf, withoutData } from './run-facts.ts';

const settings = (config: object) =>
  ({ config: JSON.stringify(config), snapshot_id: 'corpus@1' }) as unknown as Parameters<typeof factsOf>[0];

it('names each option of a command line, and every other list as one fact', () => {
  const args = ['--lr', '0.003', '--fsdp', '--betas', '0.9', '0.95', '--wd=0.1', '--lr', '1'];
  const facts = factsOf(settings({ args, layers: [1, 2], words: ['a', '--b'] }), [], false);
  expect(Object.fromEntries(facts)).toMatchObject({
    'config.args.lr': '0.003 1',
    'config.args.fsdp': 'true',
    'config.args.betas': '0.9 0.95',
    'config.args.wd': '0.1',
    'config.layers': '[1,2]',
    'config.words': '["a","--b"]',
  });
});

it('leaves out what names the data, where the data as a whole is compared', () => {
  const facts = factsOf(settings({ dataset_name: 'c4', lr: 1 }), [], false);
  const names = [...withoutData(facts).keys()];
  expect(names).toContain('config.lr');
  expect(names).not.toEqual(expect.arrayContaining(['snapshot']));
  expect(names).not.toEqual(expect.arrayContaining(['config.dataset_name']));
});
