import { appendFacts, madeEvent } from '@tributary/capture';
import { checkFact } from '@tributary/contracts';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { freshness } from '../answer.ts';
import { WithdrawImportRefusal } from '../generated/schema.ts';
import type { MutationWithdrawImportArgs, WithdrawImportOutcome } from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';
import { isWithdrawn } from './import-of.ts';
import type { ImportRow } from './import-of.ts';
import { imports } from './queries.ts';
import { unnamedEvents } from './unnamed-events.ts';
import type { Ranges } from './unnamed-events.ts';

const TYPE = 'lineage.import.withdrawn';

/** Withdrawals of one import in a row. Each names the events of one more request, so it is still running after so many. */
const ATTEMPTS = 5;

/**
 * Records that an import is withdrawn; once more where it added something since. Refuses an unknown one, one that is
 * withdrawn, and what breaks the schema of the fact. Throws Faults `not_recorded` where the log refuses it, `tables_short`
 * where the tables lack rows, `withdrawal_unconfirmed` where the look after it fails, and `import_goes_on` where requests
 * of it keep coming (all but the first retryable).
 */
export async function withdrawImport(
  runtime: Runtime,
  asked: MutationWithdrawImportArgs & { readonly actor: string },
): Promise<WithdrawImportOutcome> {
  const { id } = asked;
  const found = await findImport(runtime, id);
  if (!found) return refused(WithdrawImportRefusal.UnknownImport, `no import has the id ${id}`);
  if (isWithdrawn(found.row) && found.unnamed.length === 0)
    return refused(
      WithdrawImportRefusal.AlreadyWithdrawn,
      `import ${id} was withdrawn at ${found.row.withdrawn_at} by ${found.row.withdrawn_by}: ${found.row.reason}`,
    );
  let recorded = await record(runtime, asked, found);
  for (let attempt = 1; recorded.ok; attempt += 1) {
    /* A request of it may have been recorded between the look and the withdrawal: nothing else would name its events. */
    const after = await findAgain(runtime, id, recorded.position);
    /* What it names after the withdrawal, events of before among them, stands until it is withdrawn once more. */
    if (!after || (isWithdrawn(after.row) && after.unnamed.length === 0))
      return {
        __typename: 'ImportWithdrawn',
        position: recorded.position,
        stored: (after ?? found).row.stored,
      };
    if (attempt === ATTEMPTS) throw goesOn(id);
    recorded = await record(runtime, asked, after);
  }
  return recorded.refusal;
}

const goesOn = (id: string): Fault =>
  new Fault('import_goes_on', `import ${id} goes on while it is withdrawn: stop it, then withdraw it again`, {
    retryable: true,
  });

/** An import as the newest event of the log leaves it, and its events that nothing names. */
type Found = { readonly row: ImportRow; readonly unnamed: Ranges };

/**
 * Waits until the tables hold what was acknowledged. A part that they lack would be taken for one that was never sent, and
 * its events would count for good. Undefined for an unknown import.
 */
async function findImport(runtime: Runtime, id: string): Promise<Found | undefined> {
  const { position: as_of } = await freshness(runtime, runtime.log.head());
  const [row] = await runtime.engine.reader.all(imports, { ids: [id], after: 0, first: 1, as_of });
  const unnamed = row && (await unnamedEvents(runtime, row, as_of));
  /* All events of an import that ended are named, whatever rows are lost. */
  if (row?.is_ended !== 1) requireWhole(runtime);
  return row && unnamed && { row, unnamed };
}

/** The look after a withdrawal. Where it fails, the withdrawal stands all the same, and the caller is told so. */
async function findAgain(runtime: Runtime, id: string, withdrawn: Position): Promise<Found | undefined> {
  try {
    return await findImport(runtime, id);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(
      'withdrawal_unconfirmed',
      `import ${id} is withdrawn, at position ${withdrawn}; whether it added more meanwhile is not known: ${reason}. Ask again to be sure`,
      { retryable: true, cause: error },
    );
  }
}

function requireWhole({ projector }: Runtime): void {
  const shortfall = projector.shortfall?.();
  if (shortfall === undefined) return;
  throw new Fault('tables_short', `what the import added is not known: ${shortfall}`, { retryable: true });
}

type Recorded =
  | { readonly ok: true; readonly position: Position }
  | { readonly ok: false; readonly refusal: WithdrawImportOutcome };

async function record(
  runtime: Runtime,
  { id, reason, actor }: MutationWithdrawImportArgs & { readonly actor: string },
  { row, unnamed }: Found,
): Promise<Recorded> {
  const began = formatEventPosition(row.evidence);
  const data = { importId: id, began, stored: unnamed, reason, actor };
  const violation = checkFact(TYPE, data);
  if (violation) {
    const text = `${violation.pointer.replace('/data/', '')} ${violation.message}`;
    return { ok: false, refusal: refused(WithdrawImportRefusal.Invalid, text) };
  }
  const start = await runtime.log.at(began);
  const event = madeEvent(start?.source ?? '', [TYPE, id, row.withdrawn_position], { type: TYPE, data });
  const appended = await appendFacts(runtime, [event], { atomic: true });
  if (!appended.ok) {
    const text = `somebody else withdrew import ${id} just now`;
    return { ok: false, refusal: refused(WithdrawImportRefusal.AlreadyWithdrawn, text) };
  }
  const [receipt] = appended.receipts;
  if (!receipt?.position) throw new Fault('not_recorded', `the log refused the withdrawal of import ${id}`);
  return { ok: true, position: receipt.position };
}

const refused = (refusal: WithdrawImportRefusal, text: string): WithdrawImportOutcome => ({
  __typename: 'WithdrawImportRefused',
  refusal,
  text,
});
