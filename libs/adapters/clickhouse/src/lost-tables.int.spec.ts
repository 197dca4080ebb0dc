import { lostTables } from './lost-tables.suite.ts';

lostTables({ oneOf: 9 });
