package io.metasrv.application.metadata;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.key.CatalogNameKey;
import io.metasrv.domain.key.SchemaNameKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog and schemas that every cluster has (sheet 02 §15). Each node makes sure of them when
 * it starts, before any election, with conditional writes that are not fenced by design: they only
 * ever create, and any number of nodes may do so at once. Stateless.
 */
public final class DefaultCatalog {

  private static final Logger LOG = LoggerFactory.getLogger(DefaultCatalog.class);

  private static final String CATALOG = "greptime";
  private static final List<String> SCHEMAS =
      List.of("public", "information_schema", "greptime_private");

  /** A catalog has no properties. */
  private static final Bytes CATALOG_VALUE = Bytes.utf8("null");

  private static final Bytes SCHEMA_VALUE = Bytes.utf8("{\"ttl\":null,\"extra_options\":{}}");

  private DefaultCatalog() {}

  /**
   * Creates what is missing and leaves alone what is there.
   *
   * @param store the metadata store beneath the chroot, not fenced
   * @throws StoreException if the store cannot be asked or written
   */
  public static void createIfAbsent(KeyValueStore store) {
    Map<Bytes, Bytes> wanted = contents();
    Set<Bytes> present =
        store.batchGet(List.copyOf(wanted.keySet())).stream()
            .map(KeyValue::key)
            .collect(Collectors.toSet());
    wanted.forEach(
        (key, value) -> {
          if (!present.contains(key)
              && store.compareAndPut(new Compare.Absent(key), value).success()) {
            LOG.info("Created {}", key);
          }
        });
  }

  /** In the order of creation. */
  private static Map<Bytes, Bytes> contents() {
    Map<Bytes, Bytes> contents = new LinkedHashMap<>();
    contents.put(new CatalogNameKey(CATALOG).toBytes(), CATALOG_VALUE);
    SCHEMAS.forEach(
        schema -> contents.put(new SchemaNameKey(CATALOG, schema).toBytes(), SCHEMA_VALUE));
    return contents;
  }
}
