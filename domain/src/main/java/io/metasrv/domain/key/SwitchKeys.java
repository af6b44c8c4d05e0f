package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * The runtime switches (sheet 09 §3.3): a switch is on while its key exists, with an empty value.
 */
public final class SwitchKeys {

  /** Background actors stand still. */
  public static final Bytes MAINTENANCE = Bytes.utf8("__switches/maintenance");

  /** What older versions wrote for {@link #MAINTENANCE}; counts as well. */
  public static final Bytes LEGACY_MAINTENANCE = Bytes.utf8("__maintenance");

  /** No new procedure is taken. */
  public static final Bytes PAUSE_PROCEDURE = Bytes.utf8("__switches/pause_procedure");

  /** The table id sequence may be moved; datanodes ignore missing regions at start. */
  public static final Bytes RECOVERY = Bytes.utf8("__switches/recovery");

  private SwitchKeys() {}
}
