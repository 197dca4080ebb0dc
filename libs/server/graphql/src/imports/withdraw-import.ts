import { appendFacts, madeEvent } from '@tributary/capture';
import { checkFact } from '@tributary/contracts';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { freshness } from '../answer.ts';
import { WithdrawImportRefusal } from '../generated/schema.ts';
import type {
  MutationWithdrawImportArgs,
  WithdrawImportOutcome,
  WithdrawImportRefused,
} from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';
import { isWithdrawn } from './import-of.ts';
import type { ImportRow } from './import-of.ts';
import { imports } from './queries.ts';
import { unnamedEvents } from './unnamed-events.ts';
import type { Ranges } from './unnamed-events.ts';

const TYPE = 'lineage.import.withdrawn';

/** Further withdrawals of one import in a row. Each names the events of one more request, so it is still running after so many. */
const ATTEMPTS = 5;

type Asked = MutationWithdrawImportArgs & { readonly actor: string };

/**
 * Records that an import is withdrawn; once more where it added something since. Refuses an unknown one, one that is
 * withdrawn, and what breaks the schema of the fact. Throws Faults `not_recorded` where the log refuses it, `tables_short`
 * where the tables lack rows, `withdrawal_unconfirmed` where anything fails after it stands, and `import_goes_on` where requests
 * of it keep coming (all but the first retryable).
 */
export async function withdrawImport(runtime: Runtime, asked: Asked): Promise<WithdrawImportOutcome> {
  const { id } = asked;
  const found = await findImport(runtime, id);
  if (!found) return refused(WithdrawImportRefusal.UnknownImport, `no import has the id ${id}`);
  if (isWithdrawn(found.row) && found.unnamed.length === 0)
    return refused(
      WithdrawImportRefusal.AlreadyWithdrawn,
      `import ${id} was withdrawn at ${found.row.withdrawn_at} by ${found.row.withdrawn_by}: ${found.row.reason}`,
    );
  const recorded = await record(runtime, asked, found);
  return recorded.ok
    ? withdrawRest(runtime, asked, { row: found.row, position: recorded.position })
    : recorded.refusal;
}

/** A withdrawal that stands: the import as it was known then, and the position of the newest one. */
type Standing = { readonly row: ImportRow; readonly position: Position };

/** A request of the import may have been recorded between the look and the withdrawal: nothing else would name its events. */
async function withdrawRest(runtime: Runtime, asked: Asked, first: Standing): Promise<WithdrawImportOutcome> {
  let standing = first;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const next = await sureOf(standing, asked, () => withdrawMore(runtime, asked, standing));
    if (next.isWhole)
      return { __typename: 'ImportWithdrawn', position: standing.position, stored: next.row.stored };
    standing = next;
  }
  throw goesOn(asked.id);
}

type Next = Standing & { readonly isWhole: boolean };

/** What the import names after a withdrawal, events of before among them, stands until it is withdrawn once more. */
async function withdrawMore(runtime: Runtime, asked: Asked, standing: Standing): Promise<Next> {
  const after = await findImport(runtime, asked.id);
  if (!after || (isWithdrawn(after.row) && after.unnamed.length === 0))
    return { ...standing, row: after?.row ?? standing.row, isWhole: true };
  const recorded = await record(runtime, asked, after);
  if (recorded.ok) return { row: after.row, position: recorded.position, isWhole: false };
  if (recorded.refusal.refusal === WithdrawImportRefusal.AlreadyWithdrawn)
    return { ...standing, isWhole: false };
  throw new Fault('not_recorded', recorded.refusal.text);
}

/** Whatever fails after a withdrawal, it stands, and the caller is told so. */
async function sureOf<Done>({ position }: Standing, { id }: Asked, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(
      'withdrawal_unconfirmed',
      `import ${id} is withdrawn, at position ${position}; whether it added more meanwhile is not known: ${reason}. Ask again to be sure`,
      { retryable: true, cause: error },
    );
  }
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

function requireWhole({ projector }: Runtime): void {
  const shortfall = projector.shortfall?.();
  if (shortfall === undefined) return;
  throw new Fault('tables_short', `what the import added is not known: ${shortfall}`, { retryable: true });
}

type Recorded =
  | { readonly ok: true; readonly position: Position }
  | { readonly ok: false; readonly refusal: WithdrawImportRefused };

async function record(
  runtime: Runtime,
  { id, reason, actor }: Asked,
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

const refused = (refusal: WithdrawImportRefusal, text: string): WithdrawImportRefused => ({
  __typename: 'WithdrawImportRefused',
  refusal,
  text,
});
