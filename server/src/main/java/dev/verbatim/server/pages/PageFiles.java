package dev.verbatim.server.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All files of the pages, read and packed once. The document names the others under a version that follows from all their
 * contents, so a browser may keep them for ever and still never mixes those of two versions. Immutable.
 */
final class PageFiles {
    /** In {@code pages} of the jar. */
    static final List<String> OWN = List.of(
            "accounts.js",
            "agent.js",
            "analytics.js",
            "api.js",
            "app.css",
            "app.js",
            "chat.js",
            "composer.js",
            "conversation.js",
            "dialog.js",
            "dom.js",
            "format.js",
            "history.js",
            "icon.svg",
            "icons.js",
            "import.js",
            "login.js",
            "markdown.js",
            "message.js",
            "metrics.js",
            "operations.js",
            "plot.js",
            "results.js",
            "session.js",
            "talk.js",
            "theme.js",
            "toast.js",
            "turn.js",
            "virtual.js");

    /** What comes from WebJars: the name it is served under, the library, the file in it. */
    private static final List<List<String>> LIBRARIES = List.of(
            List.of("marked.js", "marked", "lib/marked.esm.js"),
            List.of("uplot.js", "uplot", "dist/uPlot.esm.js"),
            List.of("uplot.css", "uplot", "dist/uPlot.min.css"));

    private static final String DOCUMENT = "index.html";
    private static final String VERSION = "{version}";

    private final Map<String, Asset> assets;
    private final String version;
    private final Asset document;

    private PageFiles(Map<String, Asset> assets, byte[] template) {
        this.assets = Map.copyOf(assets);
        StringBuilder all = new StringBuilder();
        new TreeMap<>(assets).forEach((name, asset) -> all.append(name).append(asset.digest()));
        this.version = Digests.of(all.toString().getBytes(StandardCharsets.UTF_8));
        String text = new String(template, StandardCharsets.UTF_8).replace(VERSION, version);
        this.document = new Asset(DOCUMENT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what the jars hold. */
    static PageFiles load() {
        Map<String, Asset> assets = new LinkedHashMap<>();
        OWN.forEach(name -> assets.put(name, new Asset(name, resource("/pages/" + name))));
        LIBRARIES.forEach(library -> assets.put(
                library.getFirst(), new Asset(library.getFirst(), ofWebJar(library.get(1), library.get(2)))));
        return new PageFiles(assets, resource("/pages/" + DOCUMENT));
    }

    /** The document, the same for all paths within the pages. */
    Asset document() {
        return document;
    }

    /** The part of the path that stands for all contents. */
    String version() {
        return version;
    }

    /** The file of this name, or null. */
    @Nullable
    Asset find(String name) {
        return assets.get(name);
    }

    private static byte[] ofWebJar(String library, String file) {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + library + "/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("version");
        return resource("/META-INF/resources/webjars/" + library + "/" + version + "/" + file);
    }

    private static byte[] resource(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(PageFiles.class.getResourceAsStream(name), name);
    }
}
