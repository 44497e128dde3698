-- Requests whose sender may send them again, with what they were answered; kept for a day at most. Erased with their user.
CREATE TABLE kept_requests (
  user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  id              bytea NOT NULL,                -- SHA-256 of method, path and Idempotency-Key
  content         bytea NOT NULL,                -- SHA-256 of query, If-Match and body
  seed            uuid NOT NULL,                 -- what ids are made of that the request does not bring: the same at each try
  holder          uuid,                          -- the try that is under way
  held_until      timestamptz NOT NULL,          -- when it counts as dead unless it says otherwise
  expires_at      timestamptz NOT NULL,
  done            boolean NOT NULL DEFAULT false, -- its effect took place: set in the same transaction
  gone            boolean NOT NULL DEFAULT false, -- its conversation was deleted since, and the answer with it
  status          smallint,                      -- of its answer; null as long as there is none
  headers         text,
  answer          bytea,                         -- the answer's body; null with a status: it was too large to be kept
  conversation_id uuid,                          -- which conversation the answer shows
  PRIMARY KEY (user_id, id)
);
CREATE INDEX kept_requests_expiry ON kept_requests (expires_at);
CREATE INDEX kept_requests_conversation ON kept_requests (user_id, conversation_id) WHERE conversation_id IS NOT NULL;
