import { join } from 'node:path';
import { venvOf } from '../stock-clients/venv.ts';
import { describeChart } from './helm.suite.ts';

/* Helm's own library, from a package of Python that is too large for each run of `npm test`. */
const venv = venvOf(join(import.meta.dirname, 'requirements.txt'));

describeChart(
  `rendered by Helm's library${venv.ok ? '' : `, skipped: ${venv.reason}`}`,
  venv.ok ? [venv.python, join(import.meta.dirname, 'helm_template.py')] : undefined,
);
