package io.metasrv.application.ddl.database;

import io.metasrv.domain.Maps;
import io.metasrv.domain.table.SchemaOptions;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TimeToLive;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A database to create.
 *
 * @param catalog its catalog
 * @param schema its name
 * @param ifNotExists whether one that is there is fine
 * @param options as given
 */
public record NewDatabase(
    String catalog, String schema, boolean ifNotExists, SequencedMap<String, String> options) {

  public NewDatabase {
    options = Maps.copyOf(options);
  }

  /**
   * What is stored of it. The time to live may be {@code forever}, as in ALTER DATABASE (the
   * reference refuses the word here); other options are taken as they are.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if the time to live is none
   */
  SchemaOptions stored() {
    String ttl = options.getOrDefault(TableOptions.TTL, "").toLowerCase(Locale.ROOT);
    if (!ttl.equals(TimeToLive.FOREVER)) {
      return SchemaOptions.ofCreate(options);
    }
    LinkedHashMap<String, String> others = new LinkedHashMap<>(options);
    others.remove(TableOptions.TTL);
    return SchemaOptions.ofCreate(others).withTtl(Optional.of(new TimeToLive.Forever()));
  }
}
