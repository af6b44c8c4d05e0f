package io.metasrv.application.port;

import io.metasrv.domain.error.WalException;
import java.util.List;
import java.util.Map;

/**
 * Administration of remote-WAL topics (sheet 08 §2, §5, §7). Of each topic only partition 0 is
 * used. Thread-safe; calls block and are bounded by the adapter's options. Every method fails with
 * a {@link WalException} that names topic and brokers; what was done before it stays done, and each
 * call may be repeated.
 */
public interface WalTopics {

  /** For a metasrv whose datanodes keep their logs themselves: nothing is ever asked of it. */
  WalTopics NONE =
      new WalTopics() {
        @Override
        public void create(List<String> topics) {
          throw none();
        }

        @Override
        public void appendFirst(List<String> topics) {
          throw none();
        }

        @Override
        public Map<String, Long> latestOffsets(List<String> topics) {
          throw none();
        }

        @Override
        public void deleteRecordsBefore(String topic, long offset) {
          throw none();
        }

        private IllegalStateException none() {
          return new IllegalStateException("this metasrv was given no remote write-ahead log");
        }
      };

  /** Creates the topics that do not exist; existing ones are left as they are. */
  void create(List<String> topics) throws InterruptedException;

  /**
   * Appends one record without key and value to each of the topics that has none, so that a
   * datanode that opens a region finds an offset to begin with.
   */
  void appendFirst(List<String> topics) throws InterruptedException;

  /** The offset after the last record of each topic; unknown topics are left out. */
  Map<String, Long> latestOffsets(List<String> topics) throws InterruptedException;

  /** Deletes the records below the offset (exclusive). */
  void deleteRecordsBefore(String topic, long offset) throws InterruptedException;
}
