package io.metasrv.adapters.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.metasrv.application.election.CandidateCodec;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that are alive: one JSON record a node under {@code
 * <prefix>__metasrv_election_candidates/<address>}, attached to a lease (sheet 02 §11).
 * Thread-safe.
 */
final class EtcdCandidates {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdCandidates.class);

  private final EtcdConnection connection;
  private final EtcdCalls calls;
  private final EtcdLeases leases;
  private final Bytes root;
  private final Duration timeToLive;
  private final Set<Bytes> reported = ConcurrentHashMap.newKeySet();

  /** Held during an announcement and a withdrawal, so that one process has one lease at most. */
  private final ReentrantLock lock = new ReentrantLock();

  private OptionalLong ownLease = OptionalLong.empty();

  /**
   * @param root what a candidate's address is appended to, the store's prefix included
   */
  EtcdCandidates(EtcdConnection connection, Bytes root, Duration timeToLive) {
    this.connection = connection;
    this.calls = new EtcdCalls(connection);
    this.leases = new EtcdLeases(connection);
    this.root = root;
    this.timeToLive = timeToLive;
  }

  /** Writes the record and starts its time anew. */
  void announce(Candidate candidate) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!renewed()) {
        ownLease = OptionalLong.of(leases.grant(timeToLive, connection.callTimeout()));
      }
      connection.call(
          KVGrpc.getPutMethod(),
          PutRequest.newBuilder()
              .setKey(EtcdMessages.toEtcd(root.concat(Bytes.utf8(candidate.address()))))
              .setValue(EtcdMessages.toEtcd(CandidateCodec.encode(candidate)))
              .setLease(ownLease.orElseThrow())
              .build(),
          connection.callTimeout());
    } catch (EtcdCallException e) {
      throw failure(candidate, e);
    } finally {
      lock.unlock();
    }
  }

  private boolean renewed() throws EtcdCallException, InterruptedException {
    return ownLease.isPresent()
        && leases.keepAliveOnce(ownLease.getAsLong(), connection.callTimeout());
  }

  private ElectionException failure(Candidate candidate, EtcdCallException e)
      throws InterruptedException {
    return Uninterrupted.orInterruption(
        e,
        "Could not announce %s on etcd at %s"
            .formatted(candidate.address(), connection.endpoints()));
  }

  /** Removes this process's record by ending its lease. */
  void withdraw() {
    lock.lock();
    try {
      OptionalLong lease = ownLease;
      ownLease = OptionalLong.empty();
      lease.ifPresent(id -> Uninterrupted.run(() -> end(id)));
    } finally {
      lock.unlock();
    }
  }

  private void end(long lease) {
    try {
      leases.revoke(lease, connection.callTimeout());
    } catch (EtcdCallException e) {
      LOG.warn(
          "Could not withdraw this node from the candidates on etcd at {}; its record lasts up to"
              + " {}: {}",
          connection.endpoints(),
          timeToLive,
          e.getMessage());
    }
  }

  /** The records that can be read, ascending by address. */
  List<Candidate> list() {
    return EtcdMessages.pairs(
            calls
                .read(
                    "Read of the candidates",
                    KVGrpc.getRangeMethod(),
                    EtcdMessages.range(KeyRange.prefix(root), RangeOptions.ALL))
                .getKvsList())
        .stream()
        .map(this::decode)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(Candidate::address))
        .toList();
  }

  private Optional<Candidate> decode(KeyValue record) {
    try {
      return Optional.of(CandidateCodec.decode(record.value()));
    } catch (JsonFormatException e) {
      if (reported.add(record.key())) {
        LOG.warn(
            "The candidate record '{}' on etcd at {} cannot be read and is left out: {}",
            record.key(),
            connection.endpoints(),
            e.getMessage());
      }
      return Optional.empty();
    }
  }
}
