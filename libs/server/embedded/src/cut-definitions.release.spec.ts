import { cutDefinitions } from './cut-definitions.suite.ts';

cutDefinitions([
  'of one table',
  'of another one',
  'of several tables',
  'of many tables',
  'of the database',
  'of everything',
]);
