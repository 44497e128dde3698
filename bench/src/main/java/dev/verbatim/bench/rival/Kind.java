package dev.verbatim.bench.rival;

import java.util.Locale;

/** All that is measured. */
public enum Kind {
    VERBATIM("Verbatim", "everything, durable, in order"),
    SPRING_WINDOW(
            "Spring AI JDBC memory, window 20",
            "the last 20, durable; a lock of the application keeps concurrent additions from being lost"),
    SPRING_WHOLE(
            "Spring AI JDBC memory, whole history",
            "everything, durable; without a lock of the application concurrent additions double the history"),
    SPRING_SESSION("Spring AI Session JDBC", "everything, durable"),
    LANGCHAIN("LangChain4j on Redis (STRING)", "the last 20, nothing durable; concurrent additions are lost"),
    PLAIN("the plain design", "everything, durable; a read may be stale for an hour"),
    MAP("deques in a map", "the last 20, until the process ends"),
    BARE("the limit: bare GET; one-row INSERT from 64 connections", "-"),
    BARE_MANY("the limit: INSERT of 256 rows", "-");

    private static final int MANY = 256;

    private final String title;
    private final String keeps;

    Kind(String title, String keeps) {
        this.title = title;
        this.keeps = keeps;
    }

    /** How tables call it. */
    public String title() {
        return title;
    }

    /** What it keeps. */
    public String keeps() {
        return keeps;
    }

    /** The name of its database. */
    public String database() {
        return "bench_" + name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has connections that others need while it rests; else it stays open as long as its process. */
    public boolean hasDatabase() {
        return this != LANGCHAIN && this != MAP;
    }

    /** Opens it; makes its tables when they are not there. */
    public Rival open(Places places) {
        return switch (this) {
            case VERBATIM -> new VerbatimRival(places);
            case SPRING_WINDOW -> new SpringMemoryRival(places, Rival.WINDOW);
            case SPRING_WHOLE -> new SpringMemoryRival(places, Integer.MAX_VALUE);
            case SPRING_SESSION -> new SpringSessionRival(places);
            case LANGCHAIN -> new LangChainRival(places);
            case PLAIN -> new PlainRival(places);
            case MAP -> new MapRival();
            case BARE -> new BareRival(places, 1);
            case BARE_MANY -> new BareRival(places, MANY);
        };
    }
}
