package dev.verbatim.bench.agent;

import dev.verbatim.bench.process.Service;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.rival.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks a real service's agent questions whose answers are known. */
public final class AgentQuality {
    private final List<Answered> answered = new ArrayList<>();

    private AgentQuality() {}

    /**
     * Brings half of the conversations of {@code dialogues} to a service, and asks about all of them.
     *
     * @param site where the service runs
     * @param dialogues JSON lines
     */
    public static AgentQuality measure(Site site, Path dialogues) {
        AgentQuality quality = new AgentQuality();
        Questions questions = new Questions(Dialogue.read(dialogues));
        site.newDatabase(Kind.VERBATIM.database());
        try (Service service = site.service()) {
            AgentClient client = new AgentClient(service);
            client.bring(questions.had());
            questions.make().forEach(asked -> quality.answered.add(client.ask(asked)));
        }
        return quality;
    }

    /** The result, as Markdown. */
    public String text() {
        return new AgentReport(answered).text();
    }

    /** Whether it is as good as is promised. */
    public boolean isGood() {
        return new AgentReport(answered).isGood();
    }

    /** The questions that were not dealt with as they should. */
    public String wrong() {
        return new AgentReport(answered).wrong();
    }
}
