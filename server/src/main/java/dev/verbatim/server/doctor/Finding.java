package dev.verbatim.server.doctor;

/**
 * One thing that was looked at.
 *
 * @param question what was asked, such that yes is well
 * @param well the answer
 * @param found what was seen
 * @param meaning what it is good for, or what it is bad for that it is not so
 * @param remedy what to do when it is not well; empty when it is
 */
public record Finding(String question, boolean well, String found, String meaning, String remedy) {
    /** One that tells what to do only where there is something to do. */
    static Finding of(String question, boolean well, String found, String meaning, String remedy) {
        return new Finding(question, well, found, meaning, well ? "" : remedy);
    }
}
