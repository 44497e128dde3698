-- The transaction that wrote the epoch's row. One that a dump brought back was written by another: its epoch is an old one.
ALTER TABLE cache_epoch ADD COLUMN written xid8;
