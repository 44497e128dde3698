package dev.verbatim.server;

import dev.verbatim.HistoryStore;
import dev.verbatim.StoreStatus;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** A store that fails as told. */
final class FaultyStore {
    private FaultyStore() {}

    /** Each call throws {@code failure}, but {@code check} answers {@code status}. */
    static HistoryStore failing(Throwable failure, StoreStatus status) {
        return (HistoryStore) Proxy.newProxyInstance(
                FaultyStore.class.getClassLoader(), new Class<?>[] {HistoryStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("check")) {
                        return status;
                    }
                    if (method.getName().equals("requests")) {
                        return Optional.empty();
                    }
                    throw failure;
                });
    }
}
