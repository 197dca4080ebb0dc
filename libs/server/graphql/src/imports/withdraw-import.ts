import { appendFacts, madeEvent } from '@tributary/capture';
import { checkFact } from '@tributary/contracts';
import { Fault, formatEventPosition } from '@tributary/kernel';
import { freshness } from '../answer.ts';
import { WithdrawImportRefusal } from '../generated/schema.ts';
import type { MutationWithdrawImportArgs, WithdrawImportOutcome } from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';
import { isWithdrawn } from './import-of.ts';
import { imports } from './queries.ts';
import { unnamedEvents } from './unnamed-events.ts';

const TYPE = 'lineage.import.withdrawn';

/**
 * Records that an import is withdrawn; once more where it added something since. Refuses an unknown one, one that is
 * withdrawn, and what breaks the schema of the fact. Throws Fault `not_recorded` where the log refuses it.
 */
export async function withdrawImport(
  runtime: Runtime,
  { id, reason, actor }: MutationWithdrawImportArgs & { readonly actor: string },
): Promise<WithdrawImportOutcome> {
  const { position: as_of } = await freshness(runtime, null);
  const [row] = await runtime.engine.reader.all(imports, { ids: [id], after: 0, first: 1, as_of });
  if (!row) return refused(WithdrawImportRefusal.UnknownImport, `no import has the id ${id}`);
  const unnamed = await unnamedEvents(runtime, row, as_of);
  if (isWithdrawn(row) && unnamed.length === 0)
    return refused(
      WithdrawImportRefusal.AlreadyWithdrawn,
      `import ${id} was withdrawn at ${row.withdrawn_at} by ${row.withdrawn_by}: ${row.reason}`,
    );
  const began = formatEventPosition(row.evidence);
  const data = { importId: id, began, stored: unnamed, reason, actor };
  const violation = checkFact(TYPE, data);
  if (violation)
    return refused(
      WithdrawImportRefusal.Invalid,
      `${violation.pointer.replace('/data/', '')} ${violation.message}`,
    );
  const start = await runtime.log.at(began);
  const event = madeEvent(start?.source ?? '', [TYPE, id, row.withdrawn_position], { type: TYPE, data });
  const appended = await appendFacts(runtime, [event], { atomic: true });
  if (!appended.ok)
    return refused(WithdrawImportRefusal.AlreadyWithdrawn, `somebody else withdrew import ${id} just now`);
  const [receipt] = appended.receipts;
  if (!receipt?.position) throw new Fault('not_recorded', `the log refused the withdrawal of import ${id}`);
  await runtime.projector.reached(runtime.log.head());
  const [after] = await runtime.engine.reader.all(imports, {
    ids: [id],
    after: 0,
    first: 1,
    as_of: (await freshness(runtime, null)).position,
  });
  return { __typename: 'ImportWithdrawn', position: receipt.position, stored: after?.stored ?? row.stored };
}

const refused = (refusal: WithdrawImportRefusal, text: string): WithdrawImportOutcome => ({
  __typename: 'WithdrawImportRefused',
  refusal,
  text,
});
