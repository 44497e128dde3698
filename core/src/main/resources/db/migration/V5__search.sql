-- What searches ask, made behind the commits out of what is stored, and never believed without looking at the messages
-- themselves. All of it may be emptied: it is made anew.

-- How far a conversation is indexed: all its messages up to seq, as they are under gen.
CREATE TABLE search_conversations (
  user_id     uuid NOT NULL,
  id          uuid NOT NULL,
  gen         bigint NOT NULL,
  seq         bigint NOT NULL,
  title       text,
  title_words tsvector NOT NULL,
  PRIMARY KEY (user_id, id),
  FOREIGN KEY (user_id, id) REFERENCES conversations ON DELETE CASCADE
);
-- A short list of what is not sorted in yet: each search reads all of it.
CREATE INDEX search_conversations_words ON search_conversations USING gin (title_words) WITH (gin_pending_list_limit = 256);

CREATE TABLE search_messages (
  user_id         uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seq             bigint NOT NULL,
  version         bigint NOT NULL,               -- xmin of the message's row as it was indexed
  created_at      timestamptz NOT NULL,
  words           tsvector NOT NULL,             -- each with a tag of its user
  PRIMARY KEY (user_id, conversation_id, seq),
  FOREIGN KEY (user_id, conversation_id) REFERENCES search_conversations ON DELETE CASCADE
);
CREATE INDEX search_messages_words ON search_messages USING gin (words) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_messages_newest ON search_messages (user_id, created_at);

-- Conversations to be looked at.
CREATE TABLE search_queue (
  user_id uuid NOT NULL,
  id      uuid NOT NULL,
  PRIMARY KEY (user_id, id),
  FOREIGN KEY (user_id, id) REFERENCES conversations ON DELETE CASCADE
);

-- One row: which changes have been put into the queue, and how far all conversations have been gone through.
CREATE TABLE search_progress (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  position   pg_snapshot NOT NULL,               -- of the change log
  at         timestamptz NOT NULL,               -- when that was: the log is trimmed
  database   text NOT NULL,                      -- whose transaction numbers these are
  swept_user uuid,                               -- below it all have been gone through; null: all have
  swept_id   uuid
);
