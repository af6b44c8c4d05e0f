package io.metasrv.testkit.store;

import io.metasrv.application.port.KeyValueStore;

/** How far tests go in reaching the limits that a store reports. */
final class StoreLimits {

  /** Stores that report no limit, or a huge one, are tested with this many instead. */
  private static final int OPS_THAT_ARE_MANY = 1000;

  /** Values above this are not worth a test's memory. */
  private static final int LARGEST_TESTED_VALUE = 32 << 20;

  private StoreLimits() {}

  /** Whether the store's limit of ops in a transaction can be reached in a test. */
  static boolean hasTxnLimit(KeyValueStore store) {
    return store.maxTxnOps() <= 10 * OPS_THAT_ARE_MANY;
  }

  /** As many ops as one transaction takes, or many. */
  static int fullTransaction(KeyValueStore store) {
    return Math.min(store.maxTxnOps(), OPS_THAT_ARE_MANY);
  }

  /** More pairs than two full transactions hold, and not a multiple of one. */
  static int beyondOneTransaction(KeyValueStore store) {
    return 2 * fullTransaction(store) + 3;
  }

  /** Whether a value just above the limit can be built in a test. */
  static boolean hasValueLimit(KeyValueStore store) {
    return store.maxValueBytes() < LARGEST_TESTED_VALUE;
  }

  /** The largest value the store takes, or a large one. */
  static int largestValue(KeyValueStore store) {
    return Math.min(store.maxValueBytes(), LARGEST_TESTED_VALUE);
  }
}
