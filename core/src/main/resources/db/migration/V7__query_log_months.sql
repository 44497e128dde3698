-- Query logs in a table a month, so that old ones are dropped instead of deleted; and what is told of them, counted as they
-- come. Nothing wrote query logs before this, so there is nothing to copy but what somebody put in by hand.

ALTER TABLE query_logs RENAME TO query_logs_whole;

CREATE TABLE query_logs (
  user_id            uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at         timestamptz NOT NULL DEFAULT now(),
  id                 uuid NOT NULL,
  response_time_ms   integer NOT NULL CHECK (response_time_ms >= 0),
  tokens_used        integer CHECK (tokens_used >= 0),
  refinement_count   integer CHECK (refinement_count >= 0),
  contexts_retrieved integer CHECK (contexts_retrieved >= 0),
  retrieval_quality  double precision CHECK (retrieval_quality BETWEEN 0 AND 1),
  recommendation     text CHECK (recommendation IN ('ANSWER', 'REFINE', 'CLARIFY', 'EXTERNAL')),
  conversation_id    text COLLATE "C",           -- null also once the conversation is deleted, and the query empty
  conversation_hash  bigint,                     -- of it, to count conversations by; stays
  dept_id            text,                       -- the user's when the log was written
  model              text,
  query              text NOT NULL,
  CONSTRAINT query_logs_key PRIMARY KEY (user_id, created_at, id)
) PARTITION BY RANGE (created_at);
CREATE INDEX query_logs_newest ON query_logs (created_at, id);
CREATE INDEX query_logs_slowest ON query_logs (response_time_ms, created_at, id);
CREATE INDEX query_logs_recommended ON query_logs (recommendation, created_at, id);
CREATE INDEX query_logs_of_a_conversation ON query_logs (user_id, conversation_id);

-- Makes the table of the month that a time is in, unless it is there. It is attached when it is made, for that holds up nobody
-- who reads or writes the others.
CREATE FUNCTION query_logs_month(at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
  month text := 'query_logs_' || to_char(first, 'YYYY_MM');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('verbatim query_logs'));
  IF to_regclass(month) IS NULL THEN
    EXECUTE format('CREATE TABLE %I (LIKE query_logs INCLUDING ALL)', month);
    EXECUTE format('ALTER TABLE query_logs ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      month, first AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
  END IF;
END $$;

SELECT query_logs_month(at) FROM (SELECT now() AS at UNION SELECT created_at FROM query_logs_whole) AS times;

-- Of each log what is counted, until it is: so what is to be added to the roll-ups when somebody asks is few rows. No primary
-- key: it is only appended to and emptied.
CREATE TABLE query_log_news (
  user_id            uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at         timestamptz NOT NULL,
  id                 uuid NOT NULL,
  response_time_ms   integer NOT NULL,
  tokens_used        integer,
  refinement_count   integer,
  contexts_retrieved integer,
  retrieval_quality  double precision,
  conversation_hash  bigint,
  recommendation     text,
  dept_id            text,
  model              text
);

-- What is told of all users, and of each department: all logs of an hour, a day or a month (in UTC) in one row.
CREATE TABLE query_rollups (
  at             timestamptz NOT NULL,           -- when the period begins
  queries        bigint NOT NULL,
  scope          text COLLATE "C" NOT NULL,      -- 'all', or 'dept:' and a department
  period         text NOT NULL CHECK (period IN ('hour', 'day', 'month')),
  model          text COLLATE "C" NOT NULL,      -- '': whichever
  recommendation text NOT NULL,                  -- '': whichever
  sums           bytea NOT NULL,
  response_times bytea NOT NULL,                 -- a DDSketch
  users          bytea NOT NULL,                 -- distinct ones
  conversations  bytea NOT NULL,                 -- distinct ones
  PRIMARY KEY (scope, period, model, recommendation, at)
);
CREATE INDEX query_rollups_at ON query_rollups (at);

-- The same of one user, by day and month; the logs of part of a day are read themselves.
CREATE TABLE query_user_rollups (
  user_id        uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  at             timestamptz NOT NULL,
  queries        bigint NOT NULL,
  period         text NOT NULL CHECK (period IN ('day', 'month')),
  model          text COLLATE "C" NOT NULL,      -- '': none was named
  recommendation text NOT NULL,                  -- '': there was none
  sums           bytea NOT NULL,
  response_times bytea NOT NULL,
  conversations  bytea NOT NULL,
  PRIMARY KEY (user_id, period, at, model, recommendation)
);

-- Periods of query_rollups that hold what was deleted since, and are to be counted anew. The same may be there more than once.
CREATE TABLE query_recounts (
  at     timestamptz NOT NULL,
  period text NOT NULL CHECK (period IN ('hour', 'day', 'month'))
);

-- In the database, so that it is so whoever deletes: a server of the former version, a cascade, somebody by hand.
CREATE FUNCTION query_logs_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM query_log_news n USING gone g
  WHERE n.user_id = g.user_id AND n.created_at = g.created_at AND n.id = g.id;
  INSERT INTO query_recounts (at, period) SELECT DISTINCT date_trunc('hour', created_at, 'UTC'), 'hour' FROM gone;
  RETURN NULL;
END $$;
CREATE TRIGGER query_logs_deleted AFTER DELETE ON query_logs
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION query_logs_deleted();

-- Reads of messages as each server counts them, until they are in the roll-ups.
CREATE TABLE read_news (
  at     timestamptz NOT NULL,                   -- the hour
  hits   bigint NOT NULL,
  misses bigint NOT NULL,
  times  bytea NOT NULL                          -- a DDSketch, in microseconds
);
CREATE TABLE read_rollups (
  at     timestamptz NOT NULL,
  hits   bigint NOT NULL,
  misses bigint NOT NULL,
  period text NOT NULL CHECK (period IN ('hour', 'day', 'month')),
  times  bytea NOT NULL,
  PRIMARY KEY (period, at)
);

WITH log AS (
  INSERT INTO query_logs (user_id, created_at, id, response_time_ms, tokens_used, refinement_count, contexts_retrieved,
    retrieval_quality, recommendation, conversation_id, conversation_hash, dept_id, model, query)
  SELECT q.user_id, q.created_at, q.id, q.response_time_ms, q.tokens_used, q.refinement_count, q.contexts_retrieved,
    q.retrieval_quality, q.recommendation, q.conversation_id, hashtextextended(q.conversation_id, 0), u.dept_id, q.model,
    q.query
  FROM query_logs_whole q JOIN users u ON u.id = q.user_id
  RETURNING *)
INSERT INTO query_log_news (user_id, created_at, id, response_time_ms, tokens_used, refinement_count, contexts_retrieved,
  retrieval_quality, conversation_hash, recommendation, dept_id, model)
SELECT user_id, created_at, id, response_time_ms, tokens_used, refinement_count, contexts_retrieved,
  retrieval_quality, conversation_hash, recommendation, dept_id, model FROM log;
DROP TABLE query_logs_whole;
