package dev.verbatim;

import net.bytebuddy.asm.Advice;

/** Code that makes a service wrong; stands in this package to see its classes. */
public final class MutantAdvice {
    private MutantAdvice() {}

    /** Nothing is told to Redis but by whoever wrote it. */
    public static final class NoDrain {
        private NoDrain() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    /** The cache is trusted whatever is known. */
    public static final class AlwaysFresh {
        private AlwaysFresh() {}

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // becomes what the method returns
        static void exit(@Advice.Return(readOnly = false) ChangeTail.State state) {
            state = ChangeTail.State.FRESH;
        }
    }
}
