package dev.verbatim.faults.inside;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * One change to one method.
 *
 * @param method {@code <init>} for all constructors
 */
record Mutation(String type, String method, Advice advice) {
    Mutation(String type, String method, Class<?> advice) {
        this(type, method, Advice.to(advice));
    }

    /** What changes the method; throws {@link IllegalStateException} when the type has none of that name. */
    AsmVisitorWrapper visitor(TypeDescription changed) {
        ElementMatcher.Junction<MethodDescription> which = method.equals("<init>") ? isConstructor() : named(method);
        if (changed.getDeclaredMethods().filter(which).isEmpty()) {
            throw new IllegalStateException("there is no method " + method + " in " + type);
        }
        return advice.on(which);
    }
}
