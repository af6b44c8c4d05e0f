package io.metasrv.bootstrap.config;

import io.metasrv.application.options.MetasrvOptions;
import java.util.Map;

/**
 * What the layers say about the settings, already of the right type, over the defaults.
 *
 * @param said by path
 * @param defaults for what nobody said
 */
record Values(Map<String, Object> said, MetasrvOptions defaults) {

  /** The value that counts. */
  @SuppressWarnings("unchecked") // Entries are put in by the setting of that path only.
  <T> T get(Setting<T> setting) {
    Object value = said.get(setting.path());
    return value == null ? setting.get().apply(defaults) : (T) value;
  }
}
