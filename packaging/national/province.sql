-- In the database of each province, once, as the owner of the store: what the nation may read of it, and who. A view of counters that every
-- change keeps up to date: 14 rows a year, whatever the number of people. No row of a person is to be seen.
--   psql -d p80 -v password=… -f province.sql
CREATE OR REPLACE VIEW national_counts AS
SELECT p.value AS province, c.round_id, c.state, CAST(sum(c.n) AS bigint) AS n, CAST(sum(c.total) AS bigint) AS total
  FROM counter_sum c, setting p, setting id
 WHERE p.name = 'province' AND id.name = 'province_id'
   AND c.unit_id IN (SELECT v.unit_id FROM unit_version v WHERE v.parent_id = CAST(id.value AS bigint))
 GROUP BY p.value, c.round_id, c.state;

SELECT count(*) = 0 AS is_new FROM pg_roles WHERE rolname = 'national' \gset
\if :is_new
CREATE ROLE national LOGIN;
\endif
ALTER ROLE national PASSWORD :'password';
GRANT SELECT ON national_counts TO national;
