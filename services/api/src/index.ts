export { mlflowControllers } from './mlflow/index.ts';
