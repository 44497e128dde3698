-- Which database the epoch was made for: its system identifier and timeline. Another one, after a restore or the promotion
-- of a standby, may lack what Redis holds.
ALTER TABLE cache_epoch ADD COLUMN database text;

-- The process of each Redis shard the epoch was made for. Another one may hold less, or older things.
CREATE TABLE cache_nodes (
  shard  text COLLATE "C" PRIMARY KEY,
  run_id text NOT NULL
);

-- One row: Redis has been told of every change that this snapshot sees.
CREATE TABLE change_log_drained (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  position pg_snapshot NOT NULL
);
INSERT INTO change_log_drained (position) VALUES ('1:1:');
