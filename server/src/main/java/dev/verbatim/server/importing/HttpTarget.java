package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Slice;
import java.util.ArrayList;
import java.util.List;

/** A running service. */
final class HttpTarget implements Target {
    private final ServiceClient client;

    HttpTarget(ServiceClient client) {
        this.client = client;
    }

    @Override
    public There create(String user, NewConversation head) {
        return StoredJson.there(client.post(user, "/api/conversations", RequestJson.conversation(head)));
    }

    @Override
    public List<NewMessage> read(String user, String id, long lastSeq) {
        List<NewMessage> all = new ArrayList<>();
        while (all.size() < lastSeq) {
            String query = "?after=" + all.size() + "&limit=" + Slice.MAX_LIMIT + "&min_seq=" + lastSeq;
            List<NewMessage> page = StoredJson.messages(client.get(user, messagesOf(id) + query));
            if (page.isEmpty()) {
                throw new EntryRefusedException("the conversation was shortened meanwhile; run the same again");
            }
            all.addAll(page);
        }
        return all.subList(0, Math.toIntExact(lastSeq));
    }

    @Override
    public long append(String user, String id, List<NewMessage> messages, long lastSeq) {
        List<byte[]> lines = messages.stream().map(RequestJson::message).toList();
        long now = 0;
        for (List<byte[]> batch : Batches.of(lines, m -> m.length)) {
            now += StoredJson.countAbove(
                    lastSeq, client.post(user, messagesOf(id) + "?moved=true", RequestJson.messages(batch)));
        }
        return now;
    }

    @Override
    public void clearTitle(String user, String id) {
        client.patch(user, pathOf(id), RequestJson.noTitle());
    }

    private static String messagesOf(String id) {
        return pathOf(id) + "/messages";
    }

    private static String pathOf(String id) {
        return "/api/conversations/" + ServiceClient.encode(id);
    }
}
