package dev.verbatim.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The one table of all routes. Filled before the server starts, then only read. */
public final class Routes {
    private final List<Route> all = new ArrayList<>();
    private final Node root = new Node();

    /** One place in a path: the routes that end here, and the ways on. */
    private static final class Node {
        final Map<String, Target> methods = new TreeMap<>();
        final Map<String, Node> literals = new HashMap<>();

        @Nullable
        Node variable;
    }

    /** A route with the names of its path's variables and what is measured of it. */
    record Target(Route route, List<String> names, HttpMetrics.Timers timers) {}

    /** What is at a path: its routes by method, and the path's variable segments, still encoded. */
    record Found(Map<String, Target> methods, List<String> variables) {}

    private final HttpMetrics metrics;

    /** An empty table. */
    public Routes(HttpMetrics metrics) {
        this.metrics = metrics;
    }

    /** Adds a route that knows the query parameters named. */
    public Routes add(String method, String template, Access access, Handler handler, String... parameters) {
        Route route = new Route(method, template, access, Set.of(parameters), handler, false);
        if (node(route).methods.put(method, target(route)) != null) {
            throw new IllegalArgumentException("two routes for " + method + " " + template);
        }
        all.add(route);
        return this;
    }

    /** Lets a route that was added be called again with a key; {@code around} its handler is what sees to that. */
    public void repeatable(String method, String template, UnaryOperator<Handler> around) {
        for (int i = 0; i < all.size(); i++) {
            Route route = all.get(i);
            if (route.method().equals(method) && route.template().equals(template)) {
                Route repeatable = route.repeatable(around);
                all.set(i, repeatable);
                node(repeatable).methods.put(method, target(repeatable));
                return;
            }
        }
        throw new IllegalArgumentException("no route for " + method + " " + template);
    }

    private Node node(Route route) {
        Node node = root;
        for (String segment : route.segments()) {
            node = Paths.isVariable(segment) ? variable(node) : node.literals.computeIfAbsent(segment, s -> new Node());
        }
        return node;
    }

    private Target target(Route route) {
        List<String> names = route.segments().stream()
                .filter(Paths::isVariable)
                .map(Paths::name)
                .toList();
        return new Target(route, names, metrics.timers(route.method(), route.template()));
    }

    private static Node variable(Node node) {
        Node next = node.variable == null ? new Node() : node.variable;
        node.variable = next;
        return next;
    }

    /** All routes, in the order they were added. */
    public List<Route> all() {
        return List.copyOf(all);
    }

    /** What is at a raw path, or null. */
    @Nullable
    Found find(String path) {
        Node node = root;
        List<String> variables = new ArrayList<>(2);
        for (String segment : Paths.split(path)) {
            Node next = node.literals.get(segment);
            if (next == null) {
                next = segment.isEmpty() ? null : node.variable;
                variables.add(segment);
            }
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node.methods.isEmpty() ? null : new Found(node.methods, variables);
    }
}
