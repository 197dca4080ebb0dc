import { readFileSync } from 'node:fs';
import { faultText } from '@tributary/http';
import { CLEAR_LINE, printOnlyPrintable } from '@tributary/kernel';
import { withSecretFiles } from '@tributary/configuration';
import { start } from '@tributary/lifecycle';
import { exitCodeOf, reportOf } from '@tributary/projector';
import { readConfig } from './config.ts';
import { openProjector } from './open-projector.ts';
import { rebuildCommand } from './rebuild-command.ts';
import { isVerified, verifiedText, verifyCommand } from './verify-command.ts';

printOnlyPrintable([process.stdout, process.stderr]);

const [, , command, ...flags] = process.argv;
const KNOWN = new Set(['--verify', '--fresh', '--accept-missing']);
const USAGE = 2;

const config = () => readConfig(withSecretFiles(process.env, (path) => readFileSync(path, 'utf8')));

/** `node dist/projector.js rebuild [--verify] [--fresh] [--accept-missing]` rebuilds the tables and exits. */
async function rebuild(): Promise<number> {
  const asked = {
    verify: flags.includes('--verify'),
    fresh: flags.includes('--fresh'),
    acceptMissing: flags.includes('--accept-missing'),
  };
  const outcome = await rebuildCommand(config(), asked, (line) => console.error(line));
  console.log(reportOf(outcome));
  return exitCodeOf(outcome);
}

/** `node dist/projector.js verify` reads topic, blobs and tables, names what differs, and exits. */
async function verify(): Promise<number> {
  const progress = progressTo(process.stderr);
  const verified = await verifyCommand(config(), progress);
  progress('');
  console.log(verifiedText(verified));
  return isVerified(verified) ? 0 : 1;
}

/** Shows the newest step on a terminal, and nothing in a file or a pipe. */
const progressTo = (stream: NodeJS.WriteStream) => (text: string) => {
  if (!stream.isTTY) return;
  stream.write(CLEAR_LINE);
  stream.write(text);
};

async function run(work: () => Promise<number>): Promise<void> {
  process.exitCode = await work().catch((error: unknown) => {
    console.error(faultText(error));
    return 1;
  });
}

if (command === undefined)
  await start({ service: 'projector', readConfig, open: openProjector }, process.env);
else if (command === 'rebuild' && flags.every((flag) => KNOWN.has(flag))) await run(rebuild);
else if (command === 'verify' && flags.length === 0) await run(verify);
else {
  console.error(
    'usage: node dist/projector.js verify; node dist/projector.js rebuild [--verify] [--fresh] [--accept-missing]; without a command, the projector serves',
  );
  process.exitCode = USAGE;
}
