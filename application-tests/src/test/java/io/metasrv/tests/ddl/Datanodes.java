package io.metasrv.tests.ddl;

import io.metasrv.application.port.DatanodeClient;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.region.LeaseMode;
import io.metasrv.nodes.region.RegionHost;
import io.metasrv.nodes.region.RegionServer;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Datanodes in this process: each keeps its regions; what comes is written down. Thread-safe. */
final class Datanodes implements DatanodeClient {

  private static final MonotonicTime NOW = new MonotonicTime(0);

  private final ReentrantLock lock = new ReentrantLock();
  private final RegionStorage storage = new RegionStorage();
  private final TreeMap<Long, RegionServer> servers = new TreeMap<>();
  private final TreeMap<Long, Deque<MetasrvException>> failures = new TreeMap<>();
  private final TreeMap<Long, UnaryOperator<RegionResponse>> changes = new TreeMap<>();
  private final TreeSet<Long> accepting = new TreeSet<>();
  private final List<Received> received = new ArrayList<>();

  /** A request as it came. */
  record Received(Peer to, RegionRequest request) {}

  /** What a call that never reached the datanode ends with. */
  static MetasrvException unavailable() {
    return ProcedureException.retryLater(
        new ServiceException(StatusCode.STORAGE_UNAVAILABLE, "the datanode cannot be reached"),
        false);
  }

  /** The files of all regions. */
  RegionStorage storage() {
    return storage;
  }

  /** The next requests to the datanode fail so, one after the other. */
  void fail(long datanode, MetasrvException... errors) {
    lock.lock();
    try {
      failures.computeIfAbsent(datanode, id -> new ArrayDeque<>()).addAll(List.of(errors));
    } finally {
      lock.unlock();
    }
  }

  /** All later responses of the datanode are changed. */
  void change(long datanode, UnaryOperator<RegionResponse> change) {
    lock.lock();
    try {
      changes.put(datanode, change);
    } finally {
      lock.unlock();
    }
  }

  /** The datanode does whatever it is asked, and keeps nothing. */
  void accept(long datanode) {
    lock.lock();
    try {
      accepting.add(datanode);
    } finally {
      lock.unlock();
    }
  }

  /** What came, sorted by datanode; requests to one datanode by their text. */
  List<Received> received() {
    lock.lock();
    try {
      List<Received> sorted = new ArrayList<>(received);
      sorted.sort(
          java.util.Comparator.comparingLong((Received each) -> each.to().id())
              .thenComparing(each -> each.request().toString()));
      return sorted;
    } finally {
      lock.unlock();
    }
  }

  /** What came of one kind, in the same order. */
  List<Received> received(RegionRequest.BodyCase kind) {
    return received().stream().filter(each -> each.request().getBodyCase() == kind).toList();
  }

  /** Forgets what came. */
  void forget() {
    lock.lock();
    try {
      received.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public RegionResponse handle(Peer datanode, RegionRequest request) {
    lock.lock();
    try {
      received.add(new Received(datanode, request));
      Deque<MetasrvException> errors = failures.get(datanode.id());
      if (errors != null && !errors.isEmpty()) {
        throw errors.removeFirst();
      }
      if (accepting.contains(datanode.id())) {
        return RegionResponse.getDefaultInstance();
      }
      RegionResponse response =
          servers.computeIfAbsent(datanode.id(), id -> server()).handle(request, NOW);
      return changes.getOrDefault(datanode.id(), UnaryOperator.identity()).apply(response);
    } finally {
      lock.unlock();
    }
  }

  private RegionServer server() {
    return new RegionServer(RegionHost.empty(storage, NOW, LeaseMode.REFERENCE), () -> false);
  }
}
