package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.error.ServiceException;

/** Reads a source once before anything is written: what it comes to, and whether all of it fits. */
final class SourceSurvey {

  private SourceSurvey() {}

  /**
   * The summary of the source.
   *
   * @throws ServiceException (InvalidArguments) if it is empty, or if the target cannot take one of
   *     its pairs
   */
  static ContentDigest.Summary of(PairSource source, StorePairs target) {
    ContentDigest digest = new ContentDigest();
    try (PairSource.Cursor pairs = source.open()) {
      while (pairs.hasNext()) {
        KeyValue pair = pairs.next();
        requireFits(pair, source, target);
        digest.add(pair);
      }
    }
    ContentDigest.Summary summary = digest.finish();
    if (summary.pairs() == 0) {
      throw ServiceException.invalidArguments(
          "Nothing to copy: %s is empty; check its address and its key prefix"
              .formatted(source.name()));
    }
    return summary;
  }

  private static void requireFits(KeyValue pair, PairSource source, StorePairs target) {
    int keyBytes = pair.key().size();
    int valueBytes = pair.value().size();
    if (keyBytes > KeyValueStore.MAX_KEY_BYTES) {
      throw refused(pair, source, target, "key", keyBytes, KeyValueStore.MAX_KEY_BYTES);
    }
    if (valueBytes > target.store().maxValueBytes()) {
      throw refused(pair, source, target, "value", valueBytes, target.store().maxValueBytes());
    }
  }

  private static ServiceException refused(
      KeyValue pair, PairSource source, StorePairs target, String what, int bytes, int most) {
    return ServiceException.invalidArguments(
        "Copying refused, nothing was written: the %s of key '%s' in %s has %d bytes, and %s takes %d"
            .formatted(what, pair.key(), source.name(), bytes, target.name(), most));
  }
}
