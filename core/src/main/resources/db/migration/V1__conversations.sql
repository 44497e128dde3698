-- Every row of a user's begins with the user's id: the wall between users, and what the tables can be distributed by.

-- Generations of conversations: each is given out once, so that none is ever used twice, not even by an id used again.
CREATE SEQUENCE generations CACHE 1;

CREATE TABLE users (
  id            uuid PRIMARY KEY,
  namespace     text COLLATE "C",                -- with name: how an application calls the user
  name          text COLLATE "C",
  email         text COLLATE "C" UNIQUE,         -- in lower case
  password_hash text,
  dept_id       text,
  role          text NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'service', 'admin')),
  created_at    timestamptz NOT NULL DEFAULT now(),
  erased_at     timestamptz                      -- set first when a user is erased: from then on nothing new is stored
);

CREATE TABLE api_keys (
  id         uuid PRIMARY KEY,
  user_id    uuid REFERENCES users ON DELETE CASCADE,  -- for role user
  hash       bytea NOT NULL UNIQUE,                    -- SHA-256 of the key
  prefix     text NOT NULL,
  name       text NOT NULL,
  role       text NOT NULL CHECK (role IN ('user', 'service', 'admin')),
  namespace  text COLLATE "C" NOT NULL DEFAULT 'default',
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz
);
CREATE INDEX api_keys_user ON api_keys (user_id);

-- What a log-in gives (kind token) and the one-time codes of log-in links (kind code).
CREATE TABLE login_tokens (
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  hash       bytea NOT NULL UNIQUE,                    -- SHA-256 of the token
  kind       text NOT NULL CHECK (kind IN ('token', 'code')),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, hash)
);
CREATE INDEX login_tokens_expiry ON login_tokens (expires_at);

CREATE TABLE conversations (
  user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  id            uuid NOT NULL,                   -- version 5 of user_id and external_id
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,            -- last append or other change of the messages
  active_minute timestamptz NOT NULL,            -- updated_at cut to the minute: an index on this leaves updates HOT
  last_seq      bigint NOT NULL DEFAULT 0,
  gen           bigint NOT NULL,
  external_id   text COLLATE "C" NOT NULL,       -- as the application brought it
  title         text,
  metadata      text NOT NULL DEFAULT '{}',      -- JSON as it came: jsonb refuses \u0000 and rewrites numbers
  PRIMARY KEY (user_id, id)
) WITH (fillfactor = 70);                        -- room for the next version of a row on its own page
CREATE INDEX conversations_activity ON conversations (user_id, active_minute DESC);

CREATE TABLE messages (
  user_id         uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seq             bigint NOT NULL,
  created_at      timestamptz NOT NULL,
  tokens_used     integer,
  latency_ms      integer,
  role            text NOT NULL,
  id              text COLLATE "C",              -- as brought; null: made here, and follows from the other columns
  model           text,
  body            text NOT NULL,                 -- the client's other members as they came, JSON without white space
  PRIMARY KEY (user_id, conversation_id, seq),
  FOREIGN KEY (user_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);
CREATE UNIQUE INDEX messages_brought ON messages (user_id, conversation_id, id) WHERE id IS NOT NULL;

-- The messages with their content as text, for people who ask in SQL: a string as it reads, parts as JSON. What PostgreSQL's
-- text cannot hold, \u0000 and halves of surrogate pairs, is shown escaped as it was written. For that, escaped backslashes
-- first step aside for a control character, which JSON cannot contain, so that each backslash left begins an escape.
CREATE VIEW message_texts AS
SELECT m.user_id, m.conversation_id, c.external_id, m.seq, m.created_at, m.role,
  replace(
    regexp_replace(
      replace(m.body, '\\', chr(1)),
      '\\(u0000|u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})'
        || '|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\)u[dD][c-fC-F][0-9a-fA-F]{2})',
      chr(1) || '\1', 'g'),
    chr(1), '\\')::json ->> 'content' AS content
FROM messages m JOIN conversations c ON c.user_id = m.user_id AND c.id = m.conversation_id;

-- Deleted ids, as hashes; no reference to users, for they outlive an erased user by a day.
CREATE TABLE deleted_conversations (
  user_id    uuid NOT NULL,
  id         uuid NOT NULL,
  deleted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, id)
);
CREATE INDEX deleted_conversations_age ON deleted_conversations (deleted_at);

-- One row a transaction and thing it changed, written in that transaction; what caches are kept right by.
-- No primary key: it is only appended to, polled by xid, and trimmed.
CREATE TABLE change_log (
  xid     xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at      timestamptz NOT NULL DEFAULT now(),
  user_id uuid NOT NULL,
  id      uuid NOT NULL,                         -- of the conversation, user or key
  gen     bigint NOT NULL DEFAULT 0,
  seq     bigint NOT NULL DEFAULT 0,
  kind    text NOT NULL CHECK (kind IN ('conversation', 'user', 'key'))
);
CREATE INDEX change_log_xid ON change_log (xid);

CREATE TABLE query_logs (
  user_id            uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at         timestamptz NOT NULL DEFAULT now(),
  id                 uuid NOT NULL,
  response_time_ms   integer NOT NULL CHECK (response_time_ms >= 0),
  tokens_used        integer NOT NULL DEFAULT 0 CHECK (tokens_used >= 0),
  refinement_count   integer NOT NULL DEFAULT 0 CHECK (refinement_count >= 0),
  contexts_retrieved integer NOT NULL DEFAULT 0 CHECK (contexts_retrieved >= 0),
  retrieval_quality  double precision CHECK (retrieval_quality BETWEEN 0 AND 1),
  recommendation     text CHECK (recommendation IN ('ANSWER', 'REFINE', 'CLARIFY', 'EXTERNAL')),
  conversation_id    text COLLATE "C",
  model              text,
  query              text NOT NULL,
  PRIMARY KEY (user_id, created_at, id)
);
CREATE INDEX query_logs_time ON query_logs (created_at);
CREATE INDEX query_logs_recommendation ON query_logs (recommendation, created_at);

-- One row: entries of another epoch in Redis do not count.
CREATE TABLE cache_epoch (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch bigint NOT NULL
);
