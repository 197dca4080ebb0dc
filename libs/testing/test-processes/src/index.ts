export { runUntilKilled } from './run-until-killed.ts';
