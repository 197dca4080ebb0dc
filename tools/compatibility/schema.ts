import { valueIn } from '@tributary/kernel';

/** A JSON Schema, or a schema within one. */
export type Schema = { readonly [keyword: string]: unknown };

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const schemaAt = (schema: Schema, keyword: string): Schema => {
  const value = valueIn(schema, keyword);
  return isSchema(value) ? value : {};
};

export const textsAt = (schema: Schema, keyword: string): string[] => {
  const value = valueIn(schema, keyword);
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? [value] : [];
};

export const numberAt = (schema: Schema, keyword: string): number | undefined => {
  const value = valueIn(schema, keyword);
  return typeof value === 'number' ? value : undefined;
};

/** Resolves `#/$defs/<name>`, the only form of reference that the event schemas use. */
export function resolved(schema: Schema, root: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const target = valueIn(schemaAt(root, '$defs'), reference.replace('#/$defs/', ''));
  if (isSchema(target)) return target;
  throw new Error(`the schema has no definition ${reference}`);
}
