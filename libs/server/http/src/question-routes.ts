import { isTrackerQuestion } from '@tributary/mlflow';

/** Whether a method and the pattern of a route are of questions to the tables: GraphQL's, and those of MLflow's clients. */
export const isQuestion = (method: string, route: string): boolean =>
  route === '/graphql' || route === '/graphql/' || isTrackerQuestion(method, route);
