package dev.verbatim.faults.inside;

import java.util.List;
import net.bytebuddy.asm.Advice;

/** Code that is put into methods of a service: it says that a point was reached. */
final class PointAdvice {
    private PointAdvice() {}

    static final class Entry {
        private Entry() {}

        @Advice.OnMethodEnter
        static void enter(@PointName String point) {
            Points.reached(point);
        }
    }

    static final class Exit {
        private Exit() {}

        @Advice.OnMethodExit
        static void exit(@PointName String point) {
            Points.reached(point);
        }
    }

    static final class Insert {
        private Insert() {}

        @Advice.OnMethodExit
        static void exit() {
            Points.inserted();
        }
    }

    static final class Commit {
        private Commit() {}

        @Advice.OnMethodEnter
        static void enter() {
            Points.committing(true);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit() {
            Points.committing(false);
        }
    }

    static final class Answer {
        private Answer() {}

        @Advice.OnMethodEnter
        static void enter() {
            Points.awaitsAnswer();
        }
    }

    static final class Unconfirmed {
        private Unconfirmed() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return List<?> unconfirmed, @Advice.FieldValue("deadline") long deadline) {
            SlowMoments.ended(unconfirmed, deadline);
        }
    }

    static final class Refused {
        private Refused() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return boolean silent, @Advice.Argument(0) long nanos) {
            SlowMoments.refused(silent, nanos);
        }
    }
}
