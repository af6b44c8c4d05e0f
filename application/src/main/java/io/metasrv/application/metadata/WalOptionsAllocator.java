package io.metasrv.application.metadata;

import java.util.Collection;

/** Gives new regions their WAL options (sheet 03 §9.2). Thread-safe. */
public interface WalOptionsAllocator {

  /**
   * Options of new regions.
   *
   * @param regionNumbers unsigned 32 bits
   * @param skipWal whether the table has no log at all
   */
  RegionWalOptions allocate(Collection<Long> regionNumbers, boolean skipWal);
}
