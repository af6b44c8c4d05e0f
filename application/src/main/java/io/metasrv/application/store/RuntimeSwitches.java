package io.metasrv.application.store;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.service.AdminService.Switch;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.key.SwitchKeys;
import java.util.List;

/**
 * Reads the runtime switches (sheet 09 §3.3): one is on while its key exists. Nothing is cached, so
 * that a switch set through any node holds on every node at once (the reference is up to ten
 * seconds late). Thread-safe.
 */
public final class RuntimeSwitches {

  private final KeyValueStore store;

  /**
   * @param store the metadata store beneath the chroot
   */
  public RuntimeSwitches(KeyValueStore store) {
    this.store = store;
  }

  /**
   * Whether the switch is on.
   *
   * @throws StoreException.Unavailable if the store cannot be asked
   */
  public boolean isOn(Switch which) {
    return !store.batchGet(keys(which)).isEmpty();
  }

  /** The key that turns the switch on. */
  public static Bytes key(Switch which) {
    return keys(which).getFirst();
  }

  /** All keys that count as "on" and have to go for "off". */
  public static List<Bytes> keys(Switch which) {
    return switch (which) {
      case MAINTENANCE -> List.of(SwitchKeys.MAINTENANCE, SwitchKeys.LEGACY_MAINTENANCE);
      case PAUSE_PROCEDURE -> List.of(SwitchKeys.PAUSE_PROCEDURE);
      case RECOVERY -> List.of(SwitchKeys.RECOVERY);
    };
  }
}
