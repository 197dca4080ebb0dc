import { compareShards } from './cluster-queries.suite.ts';

compareShards('sql');
