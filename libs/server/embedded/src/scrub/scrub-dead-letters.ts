import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteDeadLetters, readDeadLetters } from '@tributary/dead-letters';
import type { DeadLetter, KeptDeadLetter } from '@tributary/dead-letters';
import { redactJson } from './redact-json.ts';
import { redactText } from './redact-text.ts';
import type { Redactor } from './redactor.ts';

/** How many dead letters have a secret in them, or in their input. */
export async function findDeadLetters(folder: string, redactor: Redactor): Promise<number> {
  if (!areKept(folder)) return 0;
  let found = 0;
  await readDeadLetters(folder, (kept) => {
    if (scrubbed(kept, redactor)) found += 1;
  });
  return found;
}

/** Writes the dead letters of a folder without their secrets into a new one. */
export async function scrubDeadLetters(from: string, to: string, redactor: Redactor): Promise<void> {
  if (areKept(from)) await rewriteDeadLetters(from, to, (kept) => scrubbed(kept, redactor));
}

const areKept = (folder: string): boolean => existsSync(join(folder, 'data.mdb'));

/** The members of the record itself; its id is given anew. */
const KEPT: ReadonlySet<string> = new Set([
  'id',
  'endpoint',
  'code',
  'state',
  'position',
  'firstSeen',
  'lastSeen',
]);

function scrubbed({ deadLetter, bytes }: KeptDeadLetter, redactor: Redactor): KeptDeadLetter | undefined {
  const text = JSON.stringify(deadLetter);
  /* Its numbers are counts and times. */
  const redacted = redactJson(text, redactor, { kept: KEPT, number: () => undefined });
  const input = bytes && redactedInput(Buffer.from(bytes), redactor);
  const isChanged = redacted !== undefined && redacted.text !== text;
  if (!isChanged && !input) return undefined;
  redactor.count(redacted?.kinds ?? []);
  const left: DeadLetter = JSON.parse(redacted?.text ?? text);
  return { deadLetter: left, bytes: input ?? bytes };
}

/** The input without its secrets; undefined where it has none. It may be JSON, another text, or no text at all. */
function redactedInput(bytes: Buffer, redactor: Redactor): Buffer | undefined {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(encoding);
  const json = isJson(text) ? redactJson(text, redactor) : undefined;
  redactor.count(json?.kinds ?? []);
  if (json && !json.isLeft) return Buffer.from(json.text);
  /* No JSON, or a secret over several members of it. Nobody reads the input but as a text. */
  const redacted = redactText(json?.text ?? text, redactor);
  redactor.count(redacted?.kinds ?? []);
  return redacted && Buffer.from(redacted.text, encoding);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
