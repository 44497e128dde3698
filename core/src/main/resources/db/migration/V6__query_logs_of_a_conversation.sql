-- Deleting a conversation empties what its query logs say of it. Nothing writes query logs yet, so this holds nobody up.
CREATE INDEX query_logs_conversation ON query_logs (user_id, conversation_id);
