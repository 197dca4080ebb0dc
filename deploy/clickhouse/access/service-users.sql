-- The two users of the services, if users.d cannot be mounted. Run it as an administrator on every server, or append
-- ON CLUSTER to each statement. Replace the zeros by SHA-256 hashes of the passwords: printf %s "$PASSWORD" | sha256sum
CREATE SETTINGS PROFILE IF NOT EXISTS tributary_writer SETTINGS
    distributed_foreground_insert = 1,
    async_insert = 0,
    insert_deduplicate = 1,
    deduplicate_blocks_in_dependent_materialized_views = 1,
    distributed_product_mode = 'global',
    prefer_global_in_and_join = 1,
    skip_unavailable_shards = 0,
    max_memory_usage = 8589934592;

CREATE SETTINGS PROFILE IF NOT EXISTS tributary_reader SETTINGS
    readonly = 2 CONST,
    allow_ddl = 0 CONST,
    distributed_product_mode = 'global' CONST,
    prefer_global_in_and_join = 1 CONST,
    skip_unavailable_shards = 0 CONST,
    max_execution_time = 30 MIN 0.001 MAX 60,
    max_memory_usage = 4294967296 MIN 1 MAX 4294967296,
    max_result_rows = 2000000 MIN 1 MAX 2000000;

CREATE USER IF NOT EXISTS tributary_writer
    IDENTIFIED WITH sha256_hash BY '0000000000000000000000000000000000000000000000000000000000000000'
    SETTINGS PROFILE 'tributary_writer';

GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW, ALTER COLUMN, ALTER SETTINGS, TRUNCATE, INSERT, SELECT ON tributary.* TO tributary_writer;

GRANT CREATE FUNCTION ON *.* TO tributary_writer;

GRANT SELECT ON system.* TO tributary_writer;

GRANT CLUSTER, REMOTE ON *.* TO tributary_writer;

CREATE USER IF NOT EXISTS tributary_reader
    IDENTIFIED WITH sha256_hash BY '0000000000000000000000000000000000000000000000000000000000000000'
    SETTINGS PROFILE 'tributary_reader';

GRANT SELECT ON tributary.* TO tributary_reader;

CREATE QUOTA IF NOT EXISTS tributary_reader
    FOR INTERVAL 1 hour MAX queries = 200000, errors = 20000, execution_time = 14400
    TO tributary_reader;
