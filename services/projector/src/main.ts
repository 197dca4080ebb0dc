import { readFileSync } from 'node:fs';
import { faultText } from '@tributary/http';
import { withSecretFiles } from '@tributary/configuration';
import { start } from '@tributary/lifecycle';
import { exitCodeOf, reportOf } from '@tributary/projector';
import { readConfig } from './config.ts';
import { openProjector } from './open-projector.ts';
import { rebuildCommand } from './rebuild-command.ts';
import { verifiedText, verifyCommand } from './verify-command.ts';

const [, , command, ...flags] = process.argv;
const KNOWN = new Set(['--verify', '--fresh', '--accept-missing']);
const USAGE = 2;

const config = () => readConfig(withSecretFiles(process.env, (path) => readFileSync(path, 'utf8')));

/** `main.js rebuild [--verify] [--fresh] [--accept-missing]` rebuilds the tables and exits. */
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

/** `main.js verify` compares the rows of the tables with what was counted, and exits. */
async function verify(): Promise<number> {
  const verified = await verifyCommand(config());
  console.log(verifiedText(verified));
  return verified.differences.length === 0 ? 0 : 1;
}

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
    'usage: main.js verify; main.js rebuild [--verify] [--fresh] [--accept-missing]; without a command, the projector serves',
  );
  process.exitCode = USAGE;
}
