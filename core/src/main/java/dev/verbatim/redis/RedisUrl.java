package dev.verbatim.redis;

import dev.verbatim.InvalidInputException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is. Several nodes are those of a cluster; they may leave out the scheme and the password, which then are
 * the first one's.
 *
 * @param nodes one, or the known ones of a cluster
 * @param ca the file of the CAs that sign the nodes' certificates; null for those the JVM trusts
 */
record RedisUrl(List<RedisURI> nodes, @Nullable String ca) {
    private static final String ALLOWED = "redisUrl must be redis://host:port, rediss://host:port, "
            + "redis-sentinel://host:port,host:port#master, or a comma list of cluster nodes";

    /** As in a database URL. It is ours: the driver has no such parameter. */
    private static final Pattern CA = Pattern.compile("([?&])sslrootcert=([^&#,]*)&?");

    private static final Pattern IPV6 = Pattern.compile("[\\[\\]0-9a-fA-F:.%]+");

    RedisUrl {
        nodes = List.copyOf(nodes);
    }

    /**
     * Reads what a user set.
     *
     * @throws InvalidInputException when it is none of the forms; without the URL, which may hold a password
     */
    static RedisUrl parse(String url) {
        Matcher ca = CA.matcher(url);
        return ca.find()
                ? new RedisUrl(nodes(withoutCa(url, ca)), RedisCa.file(url, ca.group(2)))
                : new RedisUrl(nodes(url), null);
    }

    private static String withoutCa(String url, Matcher ca) {
        String rest = url.substring(0, ca.start()) + ca.group(1) + url.substring(ca.end());
        return rest.replaceFirst("[?&]+($|[,#])", "$1");
    }

    private static List<RedisURI> nodes(String url) {
        String text = url.strip();
        int scheme = text.indexOf("://");
        check(scheme > 0);
        if (text.startsWith("redis-sentinel://") || text.startsWith("rediss-sentinel://")) {
            return List.of(node(text));
        }
        check(text.startsWith("redis://") || text.startsWith("rediss://"));
        String[] parts = text.split(",", -1);
        String common = text.substring(0, Math.max(scheme + 3, parts[0].lastIndexOf('@') + 1));
        List<RedisURI> nodes = new ArrayList<>();
        for (String part : parts) {
            nodes.add(node(part.contains("://") ? part.strip() : common + part.strip()));
        }
        return nodes;
    }

    boolean isCluster() {
        return nodes.size() > 1;
    }

    /** What connects to it, and runs {@code change} when an entry's next answer may be another process' than before. */
    Connector connector(Runnable change) {
        for (RedisURI node : nodes) {
            node.setTimeout(Lettuce.CONNECT_TIMEOUT);
            node.getSentinels().forEach(sentinel -> sentinel.setTimeout(Lettuce.CONNECT_TIMEOUT));
        }
        return isCluster()
                ? new ClusterConnector(nodes, tls(), change)
                : new ServerConnector(nodes.getFirst(), tls(), change);
    }

    private SslOptions tls() {
        SslOptions.Builder builder = SslOptions.builder().handshakeTimeout(Lettuce.CONNECT_TIMEOUT);
        return (ca == null ? builder : builder.trustManager(RedisCa.trust(ca))).build();
    }

    private static RedisURI node(String text) {
        RedisURI node;
        try {
            node = RedisURI.create(text);
        } catch (RuntimeException e) {
            throw new InvalidInputException("redisUrl", ALLOWED);
        }
        check(!node.getSentinels().isEmpty() || isHost(node.getHost()));
        return node;
    }

    /** A port that is no number would be taken for a part of the name. */
    private static boolean isHost(@Nullable String host) {
        return host != null
                && !host.isBlank()
                && (host.indexOf(':') < 0 || IPV6.matcher(host).matches());
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new InvalidInputException("redisUrl", ALLOWED);
        }
    }
}
