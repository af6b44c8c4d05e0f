package io.metasrv.adapters.jdbc;

import io.metasrv.adapters.jdbc.SqlCalls.Finish;
import io.metasrv.adapters.jdbc.SqlCalls.Mode;
import io.metasrv.application.election.CandidateCodec;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that are alive: one row a node under {@code <prefix>__metasrv_election_candidates/
 * ADDRESS}, its JSON with a lease (sheet 02 §11, §13). Thread-safe.
 */
final class SqlCandidates {

  private static final Logger LOG = LoggerFactory.getLogger(SqlCandidates.class);

  private final SqlCalls calls;
  private final ElectionRows rows;
  private final Bytes root;
  private final Duration timeToLive;
  private final Set<Bytes> reported = ConcurrentHashMap.newKeySet();

  /** Held during an announcement and a withdrawal. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Bytes ownKey;

  SqlCandidates(SqlCalls calls, ElectionRows rows, Bytes root, Duration timeToLive) {
    this.calls = calls;
    this.rows = rows;
    this.root = root;
    this.timeToLive = timeToLive;
  }

  /** Writes the record and starts its time anew. */
  void announce(Candidate candidate) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Bytes key = root.concat(Bytes.utf8(candidate.address()));
      ownKey = key;
      transact(
          "Announcement of " + candidate.address(),
          session -> {
            LeaseText record =
                LeaseText.from(
                    CandidateCodec.encode(candidate).toUtf8(), rows.now(session), timeToLive);
            TreeMap<Bytes, Bytes> row = new TreeMap<>();
            row.put(key, rows.toBytes(record));
            rows.rows().upsert(session, row);
            return Finish.commit(record);
          });
    } catch (StoreException e) {
      throw orInterruption(e);
    } finally {
      lock.unlock();
    }
  }

  private static ElectionException orInterruption(StoreException e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted: " + e.getMessage());
    }
    return new ElectionException(String.valueOf(e.getMessage()), e);
  }

  /** Removes this process's record. */
  void withdraw() {
    Interruptions.shielded(
        () -> {
          lock.lock();
          try {
            Bytes key = ownKey;
            ownKey = null;
            if (key != null) {
              remove(key);
            }
          } finally {
            lock.unlock();
          }
        });
  }

  private void remove(Bytes key) {
    try {
      transact(
          "Withdrawal of a candidate",
          session -> Finish.commit(rows.rows().delete(session, List.of(key))));
    } catch (StoreException e) {
      LOG.warn(
          "Could not withdraw this node from the candidates; its record lasts up to {}: {}",
          timeToLive,
          e.getMessage());
    }
  }

  private <T> void transact(String attempted, SqlCalls.Work<Finish<T>> work) {
    calls.transact(attempted, new Mode(false, calls.callTimeout()), work);
  }

  /** The records that can be read and have not run out, ascending by address. */
  List<Candidate> list() {
    return calls.read(
        "Read of the candidates",
        session -> {
          LocalDateTime now = rows.now(session);
          return rows.rows().range(session, KeyRange.prefix(root), RangeOptions.ALL).stream()
              .map(row -> decode(row, now))
              .flatMap(Optional::stream)
              .sorted(Comparator.comparing(Candidate::address))
              .toList();
        });
  }

  private Optional<Candidate> decode(KeyValue row, LocalDateTime now) {
    try {
      LeaseText record = LeaseText.parse(row.value());
      return record.isValidAt(now)
          ? Optional.of(CandidateCodec.decode(Bytes.utf8(record.value())))
          : Optional.empty();
    } catch (IllegalArgumentException | JsonFormatException e) {
      if (reported.add(row.key())) {
        LOG.warn(
            "The candidate record '{}' at {} cannot be read and is left out: {}",
            row.key(),
            calls.endpoint(),
            e.getMessage());
      }
      return Optional.empty();
    }
  }
}
