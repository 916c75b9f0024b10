-- feature: registry/greeting
CREATE TABLE greeting (
	unit_id BIGINT PRIMARY KEY,
	words TEXT NOT NULL
) /* strict */;
