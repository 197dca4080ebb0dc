-- What a plan had to keep to, and the estimands of its predictions, one for each of predicted_effects.
ALTER TABLE tributary.mixture_plan /*on_cluster*/
    ADD COLUMN IF NOT EXISTS constraints Array(String),
    ADD COLUMN IF NOT EXISTS predicted_estimands Array(Tuple(slice String, displacement String, experiment_id String, estimand String))
