package io.metasrv.adapters.embedded;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.TermSource;
import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.rocksdb.DBOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable {@link KeyValueStore} in a directory of this machine, for one process (sheet 02 §27).
 *
 * <p>Every write is atomic, whatever its size, and is on disk (synced) before it is acknowledged;
 * after a crash at any moment every acknowledged write is there, and of each other write all or
 * nothing. Writes that arrive together share one sync. Reads never wait for writes.
 *
 * <p>After a write that the disk did not take, or once damaged data were met, the store refuses
 * further writes until it is opened again; reads go on.
 *
 * <p>Thread-safe. Holds threads, memory outside the heap and the directory's lock until {@link
 * #close}; every call after that gets {@link StoreException.Unavailable}.
 */
public final class EmbeddedStore extends EmbeddedView implements TermSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  private final StoreDirectory directory;
  private final RocksEngine engine;
  private final GroupCommitter committer;
  private final ReadLanes lanes;
  private final Terms terms;
  private final ReentrantLock closing = new ReentrantLock();
  private boolean closed;

  private EmbeddedStore(
      StoreDirectory directory,
      RocksEngine engine,
      GroupCommitter committer,
      ReadLanes lanes,
      Terms terms,
      EmbeddedOptions options) {
    super(committer, lanes, terms, options.maxValueBytes(), List.of());
    this.directory = directory;
    this.engine = engine;
    this.committer = committer;
    this.lanes = lanes;
    this.terms = terms;
  }

  /** {@link #open(Path, EmbeddedOptions)} with {@link EmbeddedOptions#DEFAULT}. */
  public static EmbeddedStore open(Path directory) {
    return open(directory, EmbeddedOptions.DEFAULT);
  }

  /**
   * Opens the store in the directory, or creates it there if the directory is empty or missing.
   *
   * @throws StoreException.Unavailable if the directory is in use, cannot be written, or holds
   *     something else; its content was not changed
   * @throws StoreException.Corrupted if files are damaged or missing, or the format is not one that
   *     this version reads; nothing was changed
   */
  public static EmbeddedStore open(Path directory, EmbeddedOptions options) {
    return open(directory, options, CommitProbe.NONE, tuning -> {});
  }

  /**
   * For tests.
   *
   * @param probe watches the writer
   * @param tuning last word on RocksDB's options
   */
  static EmbeddedStore open(
      Path path, EmbeddedOptions options, CommitProbe probe, Consumer<DBOptions> tuning) {
    StoreDirectory directory = StoreDirectory.claim(path);
    try {
      RocksEngine engine = RocksEngine.open(directory.path(), options, tuning);
      try {
        return start(directory, engine, options, probe);
      } catch (RuntimeException | Error e) {
        engine.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  private static EmbeddedStore start(
      StoreDirectory directory, RocksEngine engine, EmbeddedOptions options, CommitProbe probe) {
    long lastTerm = StoreFormat.verifyOrMark(engine, directory.path(), Clock.systemUTC().instant());
    Terms terms = new Terms(lastTerm);
    GroupCommitter committer = new GroupCommitter(engine, terms, options.callTimeout(), probe);
    ReadLanes lanes =
        new ReadLanes(engine, options.readerThreads(), options.callTimeout(), committer::stop);
    committer.start();
    LOG.info("Opened the embedded store in {}, last term {}", directory.path(), lastTerm);
    return new EmbeddedStore(directory, engine, committer, lanes, terms, options);
  }

  /** Where the store lives; absolute. */
  public Path directory() {
    return directory.path();
  }

  /** What the writer has done so far. */
  public EmbeddedStoreStats stats() {
    return committer.stats();
  }

  /**
   * Begins a term. Its number is one above the last one ever begun on this directory, and on disk
   * before this returns.
   */
  @Override
  public Fence openTerm(String holder) {
    return committer.write(
        "begin of a term of " + holder,
        List.of(),
        writes -> {
          long number = terms.next();
          writes.recordTerm(number);
          return terms.begin(number, holder);
        });
  }

  /** Returns once no write fenced by the term can take effect any more. Never fails. */
  @Override
  public void closeTerm(Fence fence) {
    EmbeddedFence ending = ours(fence);
    terms.close(ending);
    try {
      // Behind every write that may have passed the check already.
      committer.write("end of a term", List.of(), writes -> true);
    } catch (StoreException e) {
      // Closed or stopped, the store takes no write at all; interrupted, the term is marked.
      LOG.debug("Did not wait for the last writes of {}", ending.describe(), e);
    }
  }

  /**
   * Writes a copy of the store, as of some moment between call and return, into a directory that
   * does not exist yet. The copy is complete and on disk when this returns, and opens as a store by
   * itself. On the same file system files are linked, not copied. Reads and writes go on meanwhile.
   *
   * @throws StoreException.Rejected if the target exists
   * @throws StoreException.Unavailable if it cannot be written; what there is of it is useless
   */
  public void checkpoint(Path target) {
    Path wanted = target.toAbsolutePath().normalize();
    if (Files.exists(wanted)) {
      throw new StoreException.Rejected(
          "A checkpoint of the embedded store in %s was to be written to %s, which exists. Name a"
                  .formatted(directory(), wanted)
              + " directory that does not");
    }
    lanes.runLong("checkpoint", () -> writeCheckpoint(wanted));
  }

  private void writeCheckpoint(Path target) {
    Path parent = target.getParent();
    try {
      if (parent != null) {
        StoreDirectory.createDurably(parent);
      }
      engine.checkpoint(target);
      if (parent != null) {
        StoreDirectory.sync(parent);
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable(
          "Writing a checkpoint of the embedded store in %s to %s failed: %s. Name a directory that"
                  .formatted(directory(), target, StoreDirectory.reason(e))
              + " can be created",
          e);
    }
  }

  /**
   * Reads every file of the store and compares every checksum: what a start is too short for.
   *
   * @throws StoreException.Corrupted if one is wrong; the store then refuses further writes
   */
  public void verifyChecksums() {
    try {
      lanes.runLong("verification", engine::verifyChecksums);
    } catch (StoreException.Corrupted damage) {
      committer.stop(damage);
      throw damage;
    }
  }

  private void closeEngine() {
    try {
      engine.close();
    } catch (StoreException e) {
      // RocksDB reports here what stopped it before. Its memory and files are given up all the
      // same, and what was acknowledged is in the log.
      LOG.warn("The embedded store was not closed cleanly; nothing acknowledged is lost", e);
    }
  }

  private void flush() {
    if (committer.isStopped()) {
      return;
    }
    try {
      engine.flush();
    } catch (StoreException e) {
      LOG.warn("The next start will replay the log; nothing is lost", e);
    }
  }

  /**
   * Carries out the writes already queued, lets reads finish, and gives up the directory.
   * Idempotent.
   */
  @Override
  public void close() {
    closing.lock();
    try {
      if (!closed) {
        closed = true;
        committer.close();
        lanes.close();
        flush();
        closeEngine();
        directory.close();
      }
    } finally {
      closing.unlock();
    }
  }
}
