package dev.verbatim.server.chat;

import dev.verbatim.HistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.server.json.RawValue;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of a conversation: stores what is new, asks the model, stores its answer. A turn whose last message brought
 * an id is answered once: a repeat gets the stored answer, also one that broke off and is marked so. Thread-safe.
 */
public final class ChatService {
    private static final Logger LOG = LoggerFactory.getLogger(ChatService.class);

    private final TurnStore turns;
    private final PromptReader prompts;
    private final AnswerStore answers;
    private final ModelClient model;
    private final Helper helper;
    private final Flights<Turn.Key, ChatReply> flights;

    ChatService(HistoryStore store, ModelClient model, int windowMessages) {
        this.turns = new TurnStore(store);
        this.prompts = new PromptReader(store, windowMessages);
        this.answers = new AnswerStore(store);
        this.model = model;
        this.helper = Helper.NONE;
        this.flights = new Flights<>();
    }

    private ChatService(ChatService other, Helper helper) {
        this.turns = other.turns;
        this.prompts = other.prompts;
        this.answers = other.answers;
        this.model = other.model;
        this.helper = helper;
        this.flights = other.flights;
    }

    /**
     * Chat on {@code store}.
     *
     * @param config the model that answers, or null for the built-in answerer
     * @param windowMessages how many of a conversation's newest messages the model is sent, 1 to 1,000
     */
    public static ChatService of(HistoryStore store, @Nullable ModelConfig config, int windowMessages) {
        return of(store, config, windowMessages, null);
    }

    /** The same, with a span in {@code tracer} for each call of the model, unless that is null. */
    public static ChatService of(
            HistoryStore store, @Nullable ModelConfig config, int windowMessages, @Nullable Tracer tracer) {
        ModelClient model = config == null ? new BuiltInAnswerer(store) : client(config, tracer);
        LOG.info("chat is answered by {}", config == null ? "the built-in answerer: no OPENAI_MODEL is set" : config);
        return new ChatService(store, model, windowMessages);
    }

    private static ModelClient client(ModelConfig config, @Nullable Tracer tracer) {
        ModelClient model = new OpenAiClient(config);
        return tracer == null ? model : new TracedModel(model, config, tracer);
    }

    /** All of this, and {@code given} looks for what helps with each question first. */
    public ChatService helpedBy(Helper given) {
        return new ChatService(this, given);
    }

    /**
     * Answers whole.
     *
     * @throws ModelException when the model gave no answer; what was said stays stored
     */
    ChatReply answer(Owner owner, ChatRequest request) {
        Turn turn = turns.begin(owner, request);
        return once(turn, () -> ask(turn, request));
    }

    /**
     * Answers in pieces, and returns the whole.
     *
     * @throws ModelException when the model gave no answer or not all of it; what came is stored as incomplete
     * @throws ClientGoneException as {@code events} does; what came until then is stored as incomplete
     */
    ChatReply stream(Owner owner, ChatRequest request, ChatEvents events) {
        Turn turn = turns.begin(owner, request);
        ChatReply reply = once(turn, () -> stream(turn, request, events));
        if (reply.replayed()) {
            events.begin(reply.conversationId(), reply.message().id());
            Deltas.of(RawValue.parse(reply.message().bytes()).members()).forEach(events::delta);
        }
        return reply;
    }

    private ChatReply once(Turn turn, Supplier<ChatReply> ask) {
        try {
            return flights.share(
                    turn.key(),
                    () -> turns.answer(turn)
                            .map(stored -> ChatReply.replayOf(turn, stored))
                            .orElseGet(ask),
                    ChatReply::asReplay);
        } catch (ModelException e) {
            throw turn.made() ? e.adding("what you said is stored in conversation " + turn.conversationId()) : e;
        }
    }

    private ChatReply ask(Turn turn, ChatRequest request) {
        Prompt prompt = prompts.read(turn);
        long begin = System.nanoTime();
        Help help = helper.help(question(turn, request, prompt));
        ModelAnswer answer = asked(help).ask(toModel(turn, request, help.messages()));
        return keep(turn, prompt, help.addTo(answer), begin);
    }

    private ChatReply stream(Turn turn, ChatRequest request, ChatEvents events) {
        Prompt prompt = prompts.read(turn);
        long begin = System.nanoTime();
        Help help = helper.help(question(turn, request, prompt));
        try (ModelStream answer = asked(help).stream(toModel(turn, request, help.messages()))) {
            tell(turn, help, answer, events, begin);
            return keep(turn, prompt, help.addTo(answer.soFar()), begin);
        }
    }

    private ModelClient asked(Help help) {
        String reply = help.reply();
        return reply == null ? model : new FixedAnswer(reply);
    }

    private void tell(Turn turn, Help help, ModelStream answer, ChatEvents events, long begin) {
        try {
            events.begin(turn.conversationId(), turn.answerId());
            for (Delta delta = answer.next(); delta != null; delta = answer.next()) {
                events.delta(delta);
            }
        } catch (RuntimeException e) {
            answer.close();
            keepPart(turn, help.addTo(answer.soFar()), events, begin, e);
            throw e;
        }
    }

    private void keepPart(Turn turn, ModelAnswer part, ChatEvents events, long begin, RuntimeException why) {
        try {
            answers.keepPart(turn, part, millisSince(begin))
                    .ifPresent(stored -> events.brokeOff(turn.conversationId(), stored));
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    private ChatReply keep(Turn turn, Prompt prompt, ModelAnswer answer, long begin) {
        long latencyMs = millisSince(begin);
        Message stored = answers.keep(turn, answer, latencyMs);
        return new ChatReply(
                turn.conversationId(),
                stored,
                answer.usage(),
                latencyMs,
                prompt.messages().size(),
                prompt.source(),
                false);
    }

    private Question question(Turn turn, ChatRequest request, Prompt prompt) {
        Question.Adviser adviser =
                messages -> model.ask(toModel(turn, request, messages)).text();
        return new Question(
                turn.owner(),
                turn.conversationId(),
                turn.last().seq(),
                prompt.messages(),
                model instanceof BuiltInAnswerer ? Optional.empty() : Optional.of(adviser));
    }

    private static ModelRequest toModel(Turn turn, ChatRequest request, List<String> messages) {
        return new ModelRequest(turn.owner(), turn.conversationId(), turn.last().seq(), messages, request.model());
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
