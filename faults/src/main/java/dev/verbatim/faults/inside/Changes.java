package dev.verbatim.faults.inside;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;

/** Makes changed classes of the service: they take the place of the released ones when they come first on the class path. */
public final class Changes {
    private static final ClassFileLocator FILES = ClassFileLocator.ForClassLoader.ofSystemLoader();

    private Changes() {}

    /**
     * Writes the classes of a service that can be broken, and is the {@code mutant} of that name, to a new file.
     *
     * @throws IllegalStateException when the code is not as the changes expect it: a run that breaks nothing shows nothing
     */
    public static void write(Optional<String> mutant, Path jar) {
        List<Mutation> mutations = new ArrayList<>(BreakableService.everyService());
        mutant.map(Mutant::of).map(Mutant::mutations).ifPresent(mutations::addAll);
        Map<String, List<Mutation>> byType = new LinkedHashMap<>();
        for (Mutation mutation : mutations) {
            byType.computeIfAbsent(mutation.type(), any -> new ArrayList<>()).add(mutation);
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, List<Mutation>> type : byType.entrySet()) {
                out.putNextEntry(new JarEntry(type.getKey().replace('.', '/') + ".class"));
                out.write(changed(type.getKey(), type.getValue()));
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the class's file, and does not load it: it is not this process that is to be another. */
    static byte[] changed(String name, List<Mutation> mutations) {
        TypeDescription type = TypePool.Default.ofSystemLoader().describe(name).resolve();
        DynamicType.Builder<?> changed = new ByteBuddy().decorate(type, FILES);
        for (Mutation mutation : mutations) {
            changed = changed.visit(mutation.visitor(type));
        }
        return changed.make().getBytes();
    }
}
