package dev.verbatim.redis;

import dev.verbatim.ConversationKey;
import java.time.Duration;
import net.bytebuddy.asm.Advice;

/** Code that makes a service wrong; stands in this package to see its classes. */
public final class RedisMutantAdvice {
    private static final ThreadLocal<Boolean> REAL = ThreadLocal.withInitial(() -> false);

    private RedisMutantAdvice() {}

    /** Whether the lease that is asked for is the one that is not wanted. */
    public static boolean isEarly() {
        return !REAL.get();
    }

    /** Takes the lease when what is to be filled in was read long ago. */
    public static void lateLease(RedisTail tail, ConversationKey key, long token) {
        REAL.set(true);
        try {
            tail.lease(key, token, Duration.ofSeconds(1));
        } finally {
            REAL.set(false);
        }
    }

    /** Everybody may fill. */
    public static final class NoLease {
        private NoLease() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return isEarly();
        }

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // becomes what the method returns
        static void exit(@Advice.Enter boolean early, @Advice.Return(readOnly = false) Lease lease) {
            if (early) {
                lease = new Lease(true, false, 0, 0, 0);
            }
        }
    }

    /** What was read is stored whatever came meanwhile. */
    public static final class LateLease {
        private LateLease() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.This RedisTail tail, @Advice.Argument(1) ConversationKey key, @Advice.Argument(2) long token) {
            lateLease(tail, key, token);
        }
    }
}
