package dev.verbatim.bench.rival;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.springframework.ai.session.CreateSessionRequest;
import org.springframework.ai.session.DefaultSessionService;
import org.springframework.ai.session.EventFilter;
import org.springframework.ai.session.SessionEvent;
import org.springframework.ai.session.SessionService;
import org.springframework.ai.session.jdbc.JdbcSessionRepository;

/** Spring AI Session over JDBC: one event a message, each in a transaction of its own, for it has no other way. */
final class SpringSessionRival implements Rival {
    private final HikariDataSource pool;
    private final SessionService sessions;

    SpringSessionRival(Places places) {
        pool = Pools.open(places.databaseUrl());
        Pools.run(pool, JdbcSessionRepository.class, "schema-postgresql.sql");
        sessions = DefaultSessionService.builder()
                .sessionRepository(
                        JdbcSessionRepository.builder().dataSource(pool).build())
                .build();
    }

    @Override
    public void create(String conversation, List<Said> messages) {
        sessions.create(CreateSessionRequest.builder()
                .id(conversation)
                .userId(VerbatimRival.userOf(conversation))
                .build());
        messages.forEach(message -> append(conversation, message));
    }

    @Override
    public void append(String conversation, Said message) {
        sessions.appendMessage(conversation, SpringMessages.message(message));
    }

    @Override
    public void appendTurn(String conversation, Said question, Said answer) {
        append(conversation, question);
        append(conversation, answer);
    }

    @Override
    public List<SessionEvent> read(String conversation) {
        return sessions.getEvents(conversation, EventFilter.lastN(WINDOW));
    }

    @Override
    public void close() {
        pool.close();
    }
}
