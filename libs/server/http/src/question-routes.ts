import { isTrackerQuestion } from '@tributary/mlflow';

/** Whether a method and the pattern of a route are of questions to the tables: GraphQL's, those of MLflow's clients, and the page. */
export const isQuestion = (method: string, route: string): boolean =>
  route === '/' || route === '/graphql' || route === '/graphql/' || isTrackerQuestion(method, route);
