package io.metasrv.nodes.instruction;

/** The kinds of instructions; the constant is followed by its name on the wire (sheet 04 §6). */
public enum InstructionKind {
  OPEN_REGIONS("OpenRegions"),
  CLOSE_REGIONS("CloseRegions"),
  DOWNGRADE_REGIONS("DowngradeRegions"),
  UPGRADE_REGIONS("UpgradeRegions"),
  INVALIDATE_CACHES("InvalidateCaches"),
  FLUSH_REGIONS("FlushRegions"),
  GET_FILE_REFS("GetFileRefs"),
  GC_REGIONS("GcRegions"),
  SUSPEND("Suspend"),
  ENTER_STAGING_REGIONS("EnterStagingRegions"),
  SYNC_REGIONS("SyncRegions"),
  REMAP_MANIFEST("RemapManifest"),
  APPLY_STAGING_MANIFESTS("ApplyStagingManifests");

  private final String wireName;

  InstructionKind(String wireName) {
    this.wireName = wireName;
  }

  /** The tag on the wire. */
  public String wireName() {
    return wireName;
  }
}
