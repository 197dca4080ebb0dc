import { readFileSync } from 'node:fs';
import { faultText } from '@tributary/http';
import { withSecretFiles } from '@tributary/configuration';
import { start } from '@tributary/lifecycle';
import { exitCodeOf, reportOf } from '@tributary/projector';
import { readConfig } from './config.ts';
import { openProjector } from './open-projector.ts';
import { rebuildCommand } from './rebuild-command.ts';

const [, , command, ...flags] = process.argv;
const KNOWN = new Set(['--verify', '--fresh', '--accept-missing']);
const USAGE = 2;

/** `main.js rebuild [--verify] [--fresh] [--accept-missing]` rebuilds the tables and exits; without a command the process serves. */
async function rebuild(): Promise<number> {
  const config = readConfig(withSecretFiles(process.env, (path) => readFileSync(path, 'utf8')));
  const asked = {
    verify: flags.includes('--verify'),
    fresh: flags.includes('--fresh'),
    acceptMissing: flags.includes('--accept-missing'),
  };
  const outcome = await rebuildCommand(config, asked, (line) => console.error(line));
  console.log(reportOf(outcome));
  return exitCodeOf(outcome);
}

if (command === undefined)
  await start({ service: 'projector', readConfig, open: openProjector }, process.env);
else if (command === 'rebuild' && flags.every((flag) => KNOWN.has(flag)))
  process.exitCode = await rebuild().catch((error: unknown) => {
    console.error(faultText(error));
    return 1;
  });
else {
  console.error(
    'usage: main.js rebuild [--verify] [--fresh] [--accept-missing]; without a command, the projector serves',
  );
  process.exitCode = USAGE;
}
