-- How many views get what is inserted into a table. On a cluster they read the tables that hold the rows of a shard.
-- params: name String
SELECT sum(length(dependencies_table)) AS views
FROM system.tables
WHERE database = 'tributary' AND name IN ({name:String}, concat({name:String}, '_local'))
LIMIT 1
