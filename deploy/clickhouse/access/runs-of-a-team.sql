-- A role that can read the rows of the runs of one project: a template for a team named team_a and a project named
-- project_a. It covers the tables that name a run, and grants no others.
-- It hides rows but does not isolate tenants: corrections, lineage, corpora and mixtures have no owner, and the API reads
-- all rows.
-- On a cluster, create the policies ON tributary.<table>_local too, ON CLUSTER, because shards read those tables.
-- A single policy would hide all rows from the services. So the first policy of each table lets all users read all rows,
-- and the second one restricts the team.
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
