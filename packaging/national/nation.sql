-- In a database of the nation's own (createdb -E UTF8 nation), once, as a superuser of it; then province_add for each province. Needs
-- nothing but PostgreSQL (contrib's postgres_fdw). Each province answers for itself, all at the same time; only sums travel.
--   psql -d nation -f nation.sql
--   psql -d nation -c "SELECT province_add('80', 'host=10.0.0.11,10.0.0.12,10.0.0.13 dbname=p80', 'password')"
--   psql -d nation -c 'SELECT * FROM counts_of_nation'
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE TABLE IF NOT EXISTS counts (province text, round_id bigint, state bigint, n bigint, total bigint) PARTITION BY LIST (province);

-- link: libpq's words of a server (several hosts, port, dbname). The same code again: the link is replaced.
CREATE OR REPLACE FUNCTION province_add(code text, link text, password text) RETURNS void LANGUAGE plpgsql AS $do$
DECLARE
	server text := 'p' || code;
	word text;
	options text := '';
BEGIN
	FOREACH word IN ARRAY string_to_array(link, ' ') LOOP
		options := options || format(', %I %L', split_part(word, '=', 1), split_part(word, '=', 2));
	END LOOP;
	EXECUTE format('DROP SERVER IF EXISTS %I CASCADE', server);
	EXECUTE format('CREATE SERVER %I FOREIGN DATA WRAPPER postgres_fdw OPTIONS (async_capable ''true'', connect_timeout ''5''%s)', server, options);
	EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER %I OPTIONS (user ''national'', password %L)', server, password);
	EXECUTE format('CREATE FOREIGN TABLE %I PARTITION OF counts FOR VALUES IN (%L) SERVER %I OPTIONS (table_name ''national_counts'')',
		'counts_' || code, code, server);
END $do$;

CREATE OR REPLACE VIEW counts_of_nation AS
SELECT round_id, state, CAST(sum(n) AS bigint) AS n, CAST(sum(total) AS bigint) AS total, count(DISTINCT province) AS provinces FROM counts GROUP BY round_id, state;
-- As they were last read, for when one of them does not answer: REFRESH MATERIALIZED VIEW counts_kept, by the hour.
CREATE MATERIALIZED VIEW IF NOT EXISTS counts_kept AS SELECT now() AS read_at, * FROM counts WITH NO DATA;
