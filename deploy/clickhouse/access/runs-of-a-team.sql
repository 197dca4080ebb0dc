-- A role that sees the rows of the runs of one project, by columns that exist: a template for a team named team_a and a
-- project named project_a. It covers the tables that name a run and no others; that is why it grants only those.
-- It hides, it does not separate: corrections, lineage, corpora and mixtures have no owner, and the API reads everything.
-- On a cluster write the policies ON tributary.<table>_local too, ON CLUSTER, because shards read those.
-- A policy with nobody else's policy beside it would hide every row from the services, so the first one of each table
-- lets everybody see everything, and the second one narrows that for the team.
CREATE ROLE IF NOT EXISTS team_a SETTINGS PROFILE 'tributary_analyst';

GRANT SELECT ON tributary.training_run TO team_a;

GRANT SELECT ON tributary.training_step TO team_a;

GRANT SELECT ON tributary.training_exposure TO team_a;

GRANT SELECT ON tributary.evaluation_score TO team_a;

CREATE ROW POLICY IF NOT EXISTS everybody ON tributary.training_run FOR SELECT USING 1 AS PERMISSIVE TO ALL;

CREATE ROW POLICY IF NOT EXISTS team_a ON tributary.training_run FOR SELECT
    USING project_id = 'project_a' AS RESTRICTIVE TO team_a;

CREATE ROW POLICY IF NOT EXISTS everybody ON tributary.training_step FOR SELECT USING 1 AS PERMISSIVE TO ALL;

CREATE ROW POLICY IF NOT EXISTS team_a ON tributary.training_step FOR SELECT
    USING run_id IN (SELECT run_id FROM tributary.training_run WHERE project_id = 'project_a') AS RESTRICTIVE TO team_a;

CREATE ROW POLICY IF NOT EXISTS everybody ON tributary.training_exposure FOR SELECT USING 1 AS PERMISSIVE TO ALL;

CREATE ROW POLICY IF NOT EXISTS team_a ON tributary.training_exposure FOR SELECT
    USING run_id IN (SELECT run_id FROM tributary.training_run WHERE project_id = 'project_a') AS RESTRICTIVE TO team_a;

CREATE ROW POLICY IF NOT EXISTS everybody ON tributary.evaluation_score FOR SELECT USING 1 AS PERMISSIVE TO ALL;

CREATE ROW POLICY IF NOT EXISTS team_a ON tributary.evaluation_score FOR SELECT
    USING run_id IN (SELECT run_id FROM tributary.training_run WHERE project_id = 'project_a') AS RESTRICTIVE TO team_a;
