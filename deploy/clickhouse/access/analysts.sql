-- The role of people who write their own SQL in dashboards or a client, its limits, and an example user. Run it as an
-- administrator on every server. An analyst can read all tables; runs-of-a-team.sql restricts that to some runs.
CREATE SETTINGS PROFILE IF NOT EXISTS tributary_analyst SETTINGS
    readonly = 2 CONST,
    allow_ddl = 0 CONST,
    distributed_product_mode = 'global' CONST,
    prefer_global_in_and_join = 1 CONST,
    max_execution_time = 30 MIN 0.001 MAX 60,
    max_memory_usage = 2147483648 MIN 1 MAX 2147483648,
    max_result_rows = 100000 MIN 1 MAX 100000,
    max_rows_to_read = 2000000000 MIN 1 MAX 2000000000,
    max_threads = 4 MIN 1 MAX 4;

CREATE ROLE IF NOT EXISTS tributary_analyst SETTINGS PROFILE 'tributary_analyst';

GRANT SELECT ON tributary.* TO tributary_analyst;

CREATE QUOTA IF NOT EXISTS tributary_analyst
    KEYED BY user_name
    FOR INTERVAL 1 hour MAX queries = 2000, read_rows = 100000000000, execution_time = 3600
    TO tributary_analyst;

-- Replace the zeros by the SHA-256 hash of the password.
CREATE USER IF NOT EXISTS analyst_example
    IDENTIFIED WITH sha256_hash BY '0000000000000000000000000000000000000000000000000000000000000000'
    DEFAULT ROLE tributary_analyst;

GRANT tributary_analyst TO analyst_example;

-- The role for the operations dashboard, which reads system tables.
CREATE ROLE IF NOT EXISTS tributary_operator SETTINGS PROFILE 'tributary_analyst';

GRANT SELECT ON tributary.* TO tributary_operator;

GRANT SELECT ON system.parts TO tributary_operator;

GRANT SELECT ON system.part_log TO tributary_operator;

GRANT SELECT ON system.query_log TO tributary_operator;

GRANT SELECT ON system.replicas TO tributary_operator;
