package io.metasrv.bootstrap.server;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.DsnRedaction;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.StoreOptions;
import java.util.Locale;
import java.util.stream.Collectors;

/** What people call a store: its kind, where it is and its key prefix, without passwords. */
public final class StoreName {

  private StoreName() {}

  /** The name of the store that these options choose. */
  public static String of(MetasrvOptions options) {
    StoreOptions store = options.store();
    if (store.backend() == Backend.EMBEDDED_STORE) {
      return "embedded:" + store.embedded().directory(options.dataHome()) + prefix(store);
    }
    String backend = store.backend().name().toLowerCase(Locale.ROOT).replaceFirst("_store$", "");
    return backend
        + store.addresses().stream()
            .map(DsnRedaction::redact)
            .collect(Collectors.joining(",", " at ", prefix(store)));
  }

  private static String prefix(StoreOptions store) {
    return store.keyPrefix().isEmpty() ? "" : " under '" + store.keyPrefix() + "'";
  }
}
