package dev.verbatim.server.agent;

import dev.verbatim.HistoryStore;
import dev.verbatim.insight.Recommendation;
import dev.verbatim.server.chat.Help;
import dev.verbatim.server.chat.Helper;
import dev.verbatim.server.chat.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks into the history of who asks, judges what is found, looks again in other words while that may help, and says how the
 * question is to be answered. It reads, and nothing else, whatever it reads. Thread-safe.
 */
public final class Agent implements Helper {
    /** How often a query is rewritten at most. */
    private static final int MOST_REFINEMENTS = 3;

    private final HistoryStore store;

    /** An agent that looks into {@code store}. */
    public Agent(HistoryStore store) {
        this.store = store;
    }

    @Override
    public Help help(Question question) {
        int last = UserWords.last(question.messages(), question.messages().size());
        String asked = UserWords.at(question.messages(), last);
        String before = UserWords.at(question.messages(), UserWords.last(question.messages(), Math.max(0, last)));
        return new Search(question, asked, before).run();
    }

    /** One question's way. Used by one thread. */
    private final class Search {
        private final Question question;
        private final String asked;
        private final SearchWords first;
        private final Rewrites rewrites;
        private final Retrieval retrieval;
        private Evidence evidence = Evidence.NONE;
        private int refinements;

        Search(Question question, String asked, String before) {
            this.question = question;
            this.asked = asked;
            this.first = SearchWords.of(asked);
            this.rewrites = new Rewrites(first, before);
            this.retrieval = new Retrieval(store, question, asked);
        }

        Help run() {
            look(first);
            Judgement judgement = judge();
            while (judgement.recommendation() == Recommendation.REFINE) {
                refinements++;
                look(judgement.query().isEmpty() ? rewrites.next() : SearchWords.of(judgement.query()));
                judgement = judge();
            }
            return help(judgement);
        }

        /** What was found before stays when it is better. */
        private void look(SearchWords words) {
            Evidence found = retrieval.find(words);
            evidence = found.quality() > evidence.quality() ? found : evidence;
        }

        private Judgement judge() {
            Optional<Judgement> own = Judge.ask(question, asked, evidence.contexts());
            return own.map(this::allowed).orElseGet(this::byFormula);
        }

        /** The model's, as far as it can be followed: it is not asked for ever, and nothing is no answer. */
        private Judgement allowed(Judgement own) {
            double quality = (own.quality() + evidence.quality()) / 2;
            boolean useless = own.recommendation() == Recommendation.ANSWER
                    && evidence.contexts().isEmpty();
            if (useless || (own.recommendation() == Recommendation.REFINE && refinements == MOST_REFINEMENTS)) {
                return new Judgement(quality, atLast(quality), "");
            }
            String query = own.recommendation() == Recommendation.REFINE ? own.query() : "";
            return new Judgement(quality, own.recommendation(), query);
        }

        private Judgement byFormula() {
            double quality = evidence.quality();
            boolean again = quality < Quality.GOOD && refinements < MOST_REFINEMENTS && rewrites.hasNext();
            return new Judgement(quality, again ? Recommendation.REFINE : atLast(quality), "");
        }

        private Recommendation atLast(double quality) {
            return first.isEmpty() && first.refersBack() ? Recommendation.CLARIFY : Quality.recommendation(quality);
        }

        private Help help(Judgement judgement) {
            List<Context> contexts =
                    judgement.recommendation() == Recommendation.EXTERNAL ? List.of() : evidence.contexts();
            String findings = "\"contexts\":"
                    + contexts.stream().map(Context::json).collect(Collectors.joining(",", "[", "]"))
                    + ",\"retrieval_quality\":" + Quality.rounded(judgement.quality())
                    + ",\"recommendation\":\"" + judgement.recommendation()
                    + "\",\"refinement_count\":" + refinements;
            boolean model = question.adviser().isPresent();
            return new Help(
                    AgentPrompt.of(question.messages(), judgement.recommendation(), contexts),
                    model ? null : PlainReply.of(judgement.recommendation(), contexts),
                    findings);
        }
    }
}
