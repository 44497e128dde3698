package dev.verbatim.server.chat;

import dev.verbatim.NewMessage;
import dev.verbatim.server.json.JsonText;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks an OpenAI-compatible server. */
final class OpenAiClient implements ModelClient {
    /** Room for what a stored answer has besides what the model said, also for what was found for it. */
    private static final int LONGEST_ANSWER = NewMessage.MAX_BYTES - (64 << 10);

    private static final int OK = 200;

    private final ModelConfig config;
    private final URI endpoint;
    private final OpenAiErrors errors;
    private final Completions completions;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Set when the server was seen to refuse {@code stream_options}, which older ones do not know. */
    private volatile boolean withoutStreamOptions;

    OpenAiClient(ModelConfig config) {
        this.config = config;
        this.endpoint = URI.create(config.baseUrl() + "/chat/completions");
        this.errors = new OpenAiErrors(config.apiKey());
        this.completions = new Completions(errors);
    }

    @Override
    public ModelAnswer ask(ModelRequest request) {
        Deadline deadline = new Deadline(config.timeout());
        HttpResponse<ResponseBody> response = send(request, "", deadline);
        try (ResponseBody body = response.body()) {
            if (response.statusCode() != OK) {
                throw refused(response, deadline);
            }
            return completions.whole(body.readAll(deadline, 2 * LONGEST_ANSWER), model(request));
        }
    }

    @Override
    public ModelStream stream(ModelRequest request) {
        Deadline deadline = new Deadline(config.timeout());
        HttpResponse<ResponseBody> response = openStream(request, deadline);
        ResponseBody body = response.body();
        boolean begun = false;
        try {
            if (response.statusCode() != OK) {
                throw refused(response, deadline);
            }
            ModelStream stream = isJson(response)
                    ? inOnePiece(body.readAll(deadline, 2 * LONGEST_ANSWER), model(request))
                    : begin(body, deadline, model(request));
            begun = true;
            return stream;
        } finally {
            if (!begun) {
                body.close();
            }
        }
    }

    private ModelStream begin(ResponseBody body, Deadline deadline, String model) {
        OpenAiStream stream = new OpenAiStream(body, deadline, completions, model, LONGEST_ANSWER);
        stream.awaitBegin();
        return stream;
    }

    /** Some servers answer whole although a stream was asked for. */
    private ModelStream inOnePiece(byte[] json, String model) {
        ModelAnswer answer = completions.whole(json, model);
        return new PieceStream(Deltas.of(answer), answer);
    }

    /** Asks for usage too, and when the request is refused for whatever reason, once more without. */
    private HttpResponse<ResponseBody> openStream(ModelRequest request, Deadline deadline) {
        String plain = ",\"stream\":true";
        if (withoutStreamOptions) {
            return send(request, plain, deadline);
        }
        HttpResponse<ResponseBody> response =
                send(request, plain + ",\"stream_options\":{\"include_usage\":true}", deadline);
        if (response.statusCode() != 400 && response.statusCode() != 422) {
            return response;
        }
        response.body().close();
        HttpResponse<ResponseBody> second = send(request, plain, deadline);
        withoutStreamOptions = second.statusCode() == OK;
        return second;
    }

    private ModelException refused(HttpResponse<ResponseBody> response, Deadline deadline) {
        byte[] body = response.body().readAll(deadline, LONGEST_ANSWER);
        return errors.ofStatus(
                response.statusCode(),
                body,
                response.headers().firstValue("Retry-After").orElse(null));
    }

    private HttpResponse<ResponseBody> send(ModelRequest request, String options, Deadline deadline) {
        String body = "{\"model\":" + JsonText.quote(model(request)) + ",\"messages\":["
                + String.join(",", request.messages()) + "]" + options + "}";
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", options.isEmpty() ? "application/json" : "text/event-stream, application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (config.apiKey() != null) {
            builder.header("Authorization", "Bearer " + config.apiKey());
        }
        return await(http.sendAsync(builder.build(), head -> new ResponseBody()), deadline);
    }

    private HttpResponse<ResponseBody> await(
            CompletableFuture<HttpResponse<ResponseBody>> response, Deadline deadline) {
        try {
            return response.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw deadline.passed();
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw ModelException.failed("the service is stopping; send the request again", e);
        } catch (ExecutionException e) {
            throw unreachable(Objects.requireNonNullElse(e.getCause(), e), deadline);
        }
    }

    private static ModelException unreachable(Throwable cause, Deadline deadline) {
        if (cause instanceof HttpTimeoutException) {
            return deadline.passed();
        }
        if (isUnknownHost(cause)) {
            return ModelException.failed("the model's host name is not known; check OPENAI_BASE_URL", cause);
        }
        String what = cause instanceof ConnectException ? "cannot be reached" : "closed the connection";
        return ModelException.failed("the model's server " + what + "; check that it runs and OPENAI_BASE_URL", cause);
    }

    private static boolean isUnknownHost(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJson(HttpResponse<ResponseBody> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private String model(ModelRequest request) {
        return request.model() == null ? config.model() : request.model();
    }
}
