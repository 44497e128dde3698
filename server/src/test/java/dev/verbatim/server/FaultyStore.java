package dev.verbatim.server;

import dev.verbatim.HistoryStore;
import dev.verbatim.StoreStatus;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** A store that fails as told. */
final class FaultyStore {
    private FaultyStore() {}

    /** Each call throws {@code failure}, but {@code check} answers {@code status}; it has no parts that a store may lack. */
    static HistoryStore failing(Throwable failure, StoreStatus status) {
        return (HistoryStore) Proxy.newProxyInstance(
                FaultyStore.class.getClassLoader(), new Class<?>[] {HistoryStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("check")) {
                        return status;
                    }
                    if (method.getReturnType() == Optional.class && method.getParameterCount() == 0) {
                        return Optional.empty();
                    }
                    throw failure;
                });
    }
}
