package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/** Where old versions kept the names of all topics, as one JSON array. */
public final class LegacyTopicsKey {

  /** The key as stored. */
  public static final Bytes KEY = Bytes.utf8("__created_wal_topics/kafka");

  private LegacyTopicsKey() {}
}
