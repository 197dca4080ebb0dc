import { compareShards, compareWithoutCorrections } from './cluster-queries.suite.ts';

compareShards('sql');
compareWithoutCorrections();
