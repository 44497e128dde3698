package dev.verbatim.server.importing.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack and the memo that a pickle's opcodes work on. For one thread. */
final class Machine {
    private final Budget budget;
    private final Map<Long, Object> memo = new HashMap<>();
    private final List<List<Object>> belowMarks = new ArrayList<>();
    private List<Object> stack = new ArrayList<>();

    Machine(Budget budget) {
        this.budget = budget;
    }

    void push(Object value) {
        budget.spend(Budget.OBJECT);
        stack.add(value);
    }

    Object pop() {
        if (stack.isEmpty()) {
            throw new PickleException("the pickle is broken: it takes what it never made");
        }
        return stack.removeLast();
    }

    Object top() {
        Object top = pop();
        stack.add(top);
        return top;
    }

    <T> T pop(Class<T> type) {
        return cast(type, pop());
    }

    <T> T top(Class<T> type) {
        return cast(type, top());
    }

    private static <T> T cast(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new PickleException("the pickle is broken: a " + type.getSimpleName() + " is not where one must be");
        }
        return type.cast(value);
    }

    void mark() {
        budget.spend(Budget.OBJECT);
        belowMarks.add(stack);
        stack = new ArrayList<>();
    }

    /** All above the newest mark, which goes too. */
    List<Object> popToMark() {
        if (belowMarks.isEmpty()) {
            throw new PickleException("the pickle is broken: it goes back to a mark it never made");
        }
        List<Object> above = stack;
        stack = belowMarks.removeLast();
        return above;
    }

    /** Python's POP: the newest value, or the mark when nothing is above it. */
    void discard() {
        if (stack.isEmpty()) {
            popToMark();
        } else {
            stack.removeLast();
        }
    }

    int memoSize() {
        return memo.size();
    }

    void remember(long index) {
        budget.spend(Budget.OBJECT);
        memo.put(index, top());
    }

    void recall(long index) {
        Object value = memo.get(index);
        if (value == null) {
            throw new PickleException("the pickle is broken: it recalls what it never remembered");
        }
        push(value);
    }

    /** Items going into a list have been paid for on the stack; their new places have not. */
    void spendPlaces(int count) {
        budget.spend(16L * count);
    }
}
