import { compareShards } from './cluster-queries.suite.ts';

compareShards('afterWithdrawals');
