package dev.verbatim;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose conversations these are. Everything stored belongs to exactly one owner, and no call can reach another owner's.
 *
 * @param id identifies the owner everywhere; two owners are the same when their ids are
 * @param namespace the application that named the owner, or null for an owner known by {@code id} alone
 * @param name the name that application uses, or null for an owner known by {@code id} alone
 */
public record Owner(
        UUID id, @Nullable String namespace, @Nullable String name) {
    /** The namespace of {@link #named(String)}. */
    public static final String DEFAULT_NAMESPACE = "default";

    public Owner {
        Objects.requireNonNull(id, "id");
        if ((namespace == null) != (name == null)) {
            throw new IllegalArgumentException("namespace and name are given together or not at all");
        }
    }

    /**
     * The owner an application calls {@code name}; made known to the store on first use.
     *
     * @throws InvalidInputException unless {@code name} has 1 to 255 characters and no control character or lone surrogate
     */
    public static Owner named(String name) {
        return named(DEFAULT_NAMESPACE, name);
    }

    /**
     * The owner that the application {@code namespace} calls {@code name}: the same pair is always the same owner.
     *
     * @throws InvalidInputException unless each has 1 to 255 characters and no control character or lone surrogate
     */
    public static Owner named(String namespace, String name) {
        Names.check("namespace", namespace);
        Names.check("user", name);
        return new Owner(Uuids.nameBased(Uuids.USER_SPACE, namespace, name), namespace, name);
    }

    /** An owner who has an account already, by its id. */
    public static Owner registered(UUID id) {
        return new Owner(id, null, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Owner that && that.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
