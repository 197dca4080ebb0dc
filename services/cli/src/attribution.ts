import type { AsOf } from './text/footer.ts';

export const ATTRIBUTION = /* GraphQL */ `
  fragment Bounds on Interval {
    low
    high
    level
    method
  }

  query Attribution(
    $capabilities: [String!]
    $slices: [String!]
    $displacement: String
    $experiment: ID
    $asOf: Position
  ) {
    attribution(
      capabilities: $capabilities
      slices: $slices
      displacement: $displacement
      experiment: $experiment
      asOf: $asOf
    ) {
      __typename
      ... on AttributionRefused {
        refusal
        text
      }
      ... on Attribution {
        experiment
        questions
        asOf {
          position
          time
        }
        complete
        lag
        effects {
          estimand {
            kind
            slice
            capability
            contrast {
              more {
                mixture
                share
              }
              less {
                mixture
                share
              }
            }
            text
          }
          displacement
          effect
          interval {
            ...Bounds
          }
          otherIntervals {
            ...Bounds
          }
          unit
          identification
          verdict
          interpretation
          pValue
          qValue
          n {
            runs
            seeds
          }
          estimator {
            id
            version
          }
          chosenBy
          slope {
            cox
            gateaux
            interval {
              ...Bounds
            }
          }
          relativeChange {
            percentChangeOfMeans
            meanOfPercentChanges
            standardError
            interval {
              ...Bounds
            }
          }
          minimumDetectableEffect
          warnings {
            code
            text
          }
          negativeControls {
            name
            outcome
            trials
            falsePositives
            text
          }
          evidence
          proxy {
            model
            parameters
          }
          randomSeed
        }
      }
    }
  }
`;

/** The parts of an effect that the command reads; JSON passes on all that the document selects. */
export type Effect = {
  readonly estimand: { readonly slice: string; readonly capability: string };
  readonly displacement: string;
  readonly effect: number | null;
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
  readonly unit: string | null;
  readonly identification: string;
  readonly verdict: string;
  readonly interpretation: string;
  readonly qValue: number | null;
  readonly n: { readonly runs: number; readonly seeds: number };
  readonly estimator: { readonly id: string; readonly version: string };
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
  readonly negativeControls: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly text: string;
  }[];
};

export type Attribution = {
  readonly __typename: 'Attribution';
  readonly experiment: string;
  readonly questions: number;
  readonly effects: readonly Effect[];
  readonly asOf: AsOf;
  readonly complete: boolean;
  readonly lag: number;
};

/** schemas/answers/attribute.json: each effect can stand alone. */
export function attributeAnswer({ experiment, questions, effects, asOf, complete, lag }: Attribution) {
  return effects.map((effect) => ({ experiment, ...effect, questions, asOf, complete, lag }));
}
