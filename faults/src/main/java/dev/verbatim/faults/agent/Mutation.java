package dev.verbatim.faults.agent;

/** One change to one method. */
record Mutation(String type, String method, Class<?> advice) {}
