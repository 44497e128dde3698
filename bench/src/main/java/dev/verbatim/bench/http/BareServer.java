package dev.verbatim.bench.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** The limit of HTTP: the same server as Verbatim's, which answers with Verbatim's bytes from a map. */
public final class BareServer {
    private BareServer() {}

    /** {@code java … PORT SERVICE-PORT KEY CONVERSATIONS}: learns all answers from the service, then serves them. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, byte[]> answers = learn(Integer.parseInt(args[1]), args[2], Integer.parseInt(args[3]));
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .routing(HttpRouting.builder()
                        .get(
                                "/*",
                                (request, response) -> response.header(
                                                HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                                        .send(answers.get(request.path().rawPath()))))
                .build()
                .start();
        System.out.println("ready");
    }

    private static Map<String, byte[]> learn(int port, String key, int count) throws IOException, InterruptedException {
        Map<String, byte[]> answers = new HashMap<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < count; i++) {
                String path = Requests.path("read-" + i);
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + path + Requests.NEWEST))
                        .header("Authorization", "Bearer " + key)
                        .header("Verbatim-User", Requests.user("read-" + i))
                        .build();
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() != 200) {
                    throw new IOException(path + " answered " + response.statusCode());
                }
                answers.put(path, response.body());
            }
        }
        return answers;
    }
}
