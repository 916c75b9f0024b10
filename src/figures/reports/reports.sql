-- name: indicator_sums many
-- s1 int64
-- s2 int64
-- s3 int64
-- s4 int64
-- s5 int64
-- s6 int64
-- s7 int64
-- s8 int64
-- s9 int64
-- s10 int64
-- s11 int64
-- s12 int64
-- s13 int64
-- s14 int64
-- s15 int64
-- s16 int64
-- s17 int64
-- s18 int64
-- s19 int64
-- s20 int64
-- Sums of each indicator over submitted sheets (submitted … not_met, revoked), as they are now: days keep only the total.
SELECT c.group_code,
       cast(sum(c.s1) AS BIGINT) AS s1, cast(sum(c.s2) AS BIGINT) AS s2, cast(sum(c.s3) AS BIGINT) AS s3, cast(sum(c.s4) AS BIGINT) AS s4,
       cast(sum(c.s5) AS BIGINT) AS s5, cast(sum(c.s6) AS BIGINT) AS s6, cast(sum(c.s7) AS BIGINT) AS s7, cast(sum(c.s8) AS BIGINT) AS s8,
       cast(sum(c.s9) AS BIGINT) AS s9, cast(sum(c.s10) AS BIGINT) AS s10, cast(sum(c.s11) AS BIGINT) AS s11, cast(sum(c.s12) AS BIGINT) AS s12,
       cast(sum(c.s13) AS BIGINT) AS s13, cast(sum(c.s14) AS BIGINT) AS s14, cast(sum(c.s15) AS BIGINT) AS s15, cast(sum(c.s16) AS BIGINT) AS s16,
       cast(sum(c.s17) AS BIGINT) AS s17, cast(sum(c.s18) AS BIGINT) AS s18, cast(sum(c.s19) AS BIGINT) AS s19, cast(sum(c.s20) AS BIGINT) AS s20
  FROM counter c
 WHERE c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
   AND c.state BETWEEN 4 AND 11
 GROUP BY c.group_code
 ORDER BY c.group_code
