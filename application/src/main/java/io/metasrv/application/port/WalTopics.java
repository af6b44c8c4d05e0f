package io.metasrv.application.port;

import java.util.List;
import java.util.Map;

/**
 * Administration of remote-WAL topics (sheet 08). Thread-safe; calls block and are bounded by the
 * adapter's options.
 */
public interface WalTopics {

  /** Creates the topics that do not exist; existing ones are left as they are. */
  void create(List<String> topics) throws InterruptedException;

  /**
   * The offset after the last record of each topic's only partition; unknown topics are left out.
   */
  Map<String, Long> latestOffsets(List<String> topics) throws InterruptedException;

  /** Deletes the records below the offset (exclusive). */
  void deleteRecordsBefore(String topic, long offset) throws InterruptedException;
}
