import type { Fact, Projection } from '@tributary/contracts';
import type { TestStore } from './spine.ts';

/** Projects facts at positions 1, 2, 3… and puts their rows into the tables. */
export async function project(
  spine: TestStore,
  projection: Projection,
  facts: readonly Fact[],
): Promise<void> {
  for (const [index, fact] of facts.entries()) {
    const position = index + 1;
    const tables = projection.project(fact, { _position: position, recorded_at: position });
    for (const [table, rows] of Object.entries(tables)) {
      const encoder = await spine.engine.encoder(`tributary.${table}`);
      const filling = encoder.builder();
      if ('columns' in rows) filling.addColumns(rows.columns, rows.count);
      else filling.add(rows);
      await spine.engine.insert({ token: `${table}:${position}`, block: filling.finish() });
    }
  }
}
