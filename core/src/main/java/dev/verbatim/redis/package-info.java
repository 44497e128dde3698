/**
 * The recent end of each conversation, kept in Redis. {@link dev.verbatim.redis.RedisTail} is the door; one typed class
 * a Lua script stands behind it.
 *
 * <h2>The keyspace</h2>
 *
 * <pre>
 * conversation:{uuid}      one STRING a conversation; uuid is ConversationKey.id, the braces are Redis Cluster's hash tag
 *   header                 158 bytes of readable ASCII, described by {@link dev.verbatim.redis.Header}
 *     identity             format version, epoch, the owner's fingerprint: of another one, the entry is as if absent
 *     gen, lo, hi          the run of messages that is here: lo..hi of generation gen; lo is hi + 1 when it is empty
 *     need                 (gen, seq): what somebody knows to be committed; served only if (gen, hi) is at least that
 *     has-data flag        0: nobody has filled it yet, or its generation is past
 *     lease                who may fill it (a token, zero for nobody) and until when, by Redis' clock
 *   lines                  the messages lo..hi, each one line of JSON and a line feed
 * </pre>
 *
 * <h2>Why it is so</h2>
 *
 * <p>An empty run with its data flag set is an answer too: a conversation without messages (lo 1, hi 0), or one whose
 * newest message is too large for an entry (lo is hi + 1). The end is known, and the next append goes on from there.
 *
 * <p>{@code apply} appends in place and then copies the string onto itself inside Redis: bringing the whole value into
 * Lua and storing it again costs Redis several times the processor time, and appending alone leaves the string with
 * nearly twice the memory it needs.
 *
 * <p>Reading is one {@code GET}; one read of sixteen, by chance, is a {@code GETEX} that renews the time to live, so that
 * a conversation which is only read stays. {@code GETEX} itself costs little more, but it is a write: it goes to
 * replicas and the append-only file, and a Redis that cannot write its snapshot refuses it.
 */
@NullMarked
package dev.verbatim.redis;

import org.jspecify.annotations.NullMarked;
