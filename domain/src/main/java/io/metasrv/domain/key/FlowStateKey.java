package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/** Key of the state of all flows in the leader's memory (sheet 04 §10): there is only one. */
public final class FlowStateKey {

  /** The key as stored. */
  public static final Bytes KEY = Bytes.utf8("__flow/state");

  private FlowStateKey() {}
}
