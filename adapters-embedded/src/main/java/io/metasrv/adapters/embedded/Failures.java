package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says in the port's words what RocksDB reports. The one place of this adapter that does. */
final class Failures {

  private final Path directory;

  Failures(Path directory) {
    this.directory = directory;
  }

  /**
   * @param attempted what was being done, as in "Reading the embedded store"
   */
  StoreException of(String attempted, RocksDBException cause) {
    Status status = cause.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    return switch (code) {
      case Corruption -> corrupted(attempted, cause);
      case IOError ->
          status != null && status.getSubCode() == Status.SubCode.NoSpace
              ? diskFull(attempted, cause)
              : unavailable(attempted, cause, "Check the disk and the permissions");
      default -> unavailable(attempted, cause, "See the file LOG in that directory");
    };
  }

  /** An opening that failed: as {@link #of}, and what can be done if only the log is damaged. */
  StoreException ofOpening(RocksDBException cause) {
    StoreException translated = of("Opening the embedded store", cause);
    return translated instanceof StoreException.Corrupted
        ? new StoreException.Corrupted(
            translated.getMessage()
                + "; if there is none and the damage is in a *.log file, one start with damaged log"
                + " CUT keeps what comes before the damage and drops the rest",
            cause)
        : translated;
  }

  private StoreException.Corrupted corrupted(String attempted, Exception cause) {
    return new StoreException.Corrupted(
        "%s in %s found damaged data: %s. Nothing was repaired or removed. Copy the directory before"
                .formatted(attempted, directory, cause.getMessage())
            + " anything else, check the disk, and restore a checkpoint",
        cause);
  }

  private StoreException.Unavailable diskFull(String attempted, Exception cause) {
    return new StoreException.Unavailable(
        "%s in %s failed because the disk is full: %s. Free space and restart; a start needs as much as"
                .formatted(attempted, directory, cause.getMessage())
            + " the *.log files there hold. No acknowledged write is lost",
        cause);
  }

  private StoreException.Unavailable unavailable(String attempted, Exception cause, String advice) {
    return new StoreException.Unavailable(
        "%s in %s failed: %s. %s".formatted(attempted, directory, cause.getMessage(), advice),
        cause);
  }

  /** Any call after close. */
  StoreException.Unavailable closed() {
    return new StoreException.Unavailable(
        "The embedded store in %s is closed; nothing was done".formatted(directory));
  }
}
