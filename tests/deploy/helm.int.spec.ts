import { spawnSync } from 'node:child_process';
import { describeChart } from './helm.suite.ts';

const helm = process.env['HELM'] ?? 'helm';
const version = spawnSync(helm, ['version', '--short'], { encoding: 'utf8' }).stdout;
const isThere = typeof version === 'string' && version.startsWith('v');

describeChart(
  'needs helm on the path, or its path in HELM',
  isThere ? [helm, 'template', '--kube-version', '1.31.0'] : undefined,
);
