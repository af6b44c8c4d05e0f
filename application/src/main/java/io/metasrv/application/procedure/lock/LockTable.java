package io.metasrv.application.procedure.lock;

import io.metasrv.application.port.Runtime;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockQueues;
import io.metasrv.domain.procedure.LockRequest;
import io.metasrv.domain.procedure.LockSet;
import io.metasrv.domain.procedure.ProcedureId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One family of locks; {@link LockQueues} says who gets them. Thread-safe, and never blocks: who
 * waits is called back.
 */
public final class LockTable {

  private final Runtime runtime;
  private final ReentrantLock lock = new ReentrantLock();
  private final LockQueues queues = new LockQueues();
  private final Map<LockRequest, Ticket> tickets = new LinkedHashMap<>();

  public LockTable(Runtime runtime) {
    this.runtime = runtime;
  }

  /**
   * Somebody's place in the queues.
   *
   * @param owner who
   * @param key one of the locks asked for
   * @param held whether all of them have been granted
   * @param since when that happened, or when they were asked for
   */
  public record Place(ProcedureId owner, LockKey key, boolean held, Instant since) {}

  /**
   * Asks for locks, all at once; the order of calls is the order of service.
   *
   * @param child whether the owner's parent holds locks until the owner ends
   * @param whenGranted called once, maybe before this returns; must not block
   */
  public Ticket request(ProcedureId owner, LockSet locks, boolean child, Runnable whenGranted) {
    Ticket ticket;
    boolean granted;
    lock.lock();
    try {
      LockRequest request = queues.request(owner, locks, child);
      ticket = new Ticket(request, whenGranted, runtime.wallClock());
      tickets.put(request, ticket);
      granted = request.isGranted();
    } finally {
      lock.unlock();
    }
    if (granted) {
      whenGranted.run();
    }
    return ticket;
  }

  /** Who holds and who waits, in the order of arrival. */
  public List<Place> places() {
    lock.lock();
    try {
      List<Place> places = new ArrayList<>();
      tickets
          .values()
          .forEach(
              ticket ->
                  ticket
                      .request
                      .locks()
                      .keys()
                      .forEach(
                          key ->
                              places.add(
                                  new Place(
                                      ticket.request.owner(),
                                      key,
                                      ticket.request.isGranted(),
                                      ticket.since))));
      return places;
    } finally {
      lock.unlock();
    }
  }

  /** Number of owners who wait. */
  public int waiting() {
    lock.lock();
    try {
      return (int) tickets.keySet().stream().filter(request -> !request.isGranted()).count();
    } finally {
      lock.unlock();
    }
  }

  /** A request and what was granted on it. Thread-safe. */
  public final class Ticket implements AutoCloseable {

    private final LockRequest request;
    private final Runnable whenGranted;
    private Instant since;

    private Ticket(LockRequest request, Runnable whenGranted, Instant since) {
      this.request = request;
      this.whenGranted = whenGranted;
      this.since = since;
    }

    /** Whether the locks are held. */
    public boolean isGranted() {
      lock.lock();
      try {
        return request.isGranted();
      } finally {
        lock.unlock();
      }
    }

    /** Gives the locks back, or gives up waiting. Idempotent. */
    @Override
    public void close() {
      List<Ticket> granted = new ArrayList<>();
      lock.lock();
      try {
        tickets.remove(request);
        for (LockRequest next : queues.release(request)) {
          Ticket ticket = tickets.get(next);
          if (ticket != null) {
            ticket.since = runtime.wallClock();
            granted.add(ticket);
          }
        }
      } finally {
        lock.unlock();
      }
      granted.forEach(ticket -> ticket.whenGranted.run());
    }
  }
}
