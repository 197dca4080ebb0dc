import { expect, it } from 'vitest';
import { isPlaceholder } from './placeholders.ts';

it.each([
  '???',
  's3://bucket/???/web.npy',
  '<path>',
  '/d/<name>_text_document',
  '/path/to/data',
  'path/to/data',
  'path-to-data',
  'your-data',
  's3://your_bucket/web',
  's3://my-bucket/web',
  '{{ data }}',
  'TODO',
  '${data}',
])('%s has to be filled in', (text) => {
  expect(isPlaceholder(text)).toBe(true);
});

it.each([
  's3://b/part-???-web.npy',
  'shard_????.npy',
  'know-your-customer',
  'choose-your-own-adventure',
  'a-path-to-wisdom',
  '${root}/web',
  'todo-lists',
  'c4',
])('%s is a name', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});
