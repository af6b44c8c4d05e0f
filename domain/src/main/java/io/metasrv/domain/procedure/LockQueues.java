package io.metasrv.domain.procedure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who holds which locks and who waits for them. A request enters the queues of all its locks in one
 * step and is granted as a whole, so nobody holds a lock while waiting for another and no order of
 * texts can deadlock (the reference's can, sheet 05 §25).
 *
 * <p>Requests are served in the order of their arrival: who waits to hold a lock alone blocks later
 * ones who would share it. Children go before: their parents hold locks until the children end, so
 * a child waits for holders only, never for somebody who waits, maybe for the child's own parent.
 *
 * <p>Not thread-safe.
 */
public final class LockQueues {

  private final TreeMap<String, List<LockRequest>> byText = new TreeMap<>();
  private final Set<LockRequest> all = new LinkedHashSet<>();
  private long arrivals;

  /**
   * Asks for locks; granted at once if nothing is in the way.
   *
   * @param child whether the owner's parent holds locks until the owner ends
   */
  public LockRequest request(ProcedureId owner, LockSet locks, boolean child) {
    LockRequest request = new LockRequest(owner, locks, child, arrivals++);
    all.add(request);
    locks
        .keys()
        .forEach(key -> byText.computeIfAbsent(key.text(), t -> new ArrayList<>()).add(request));
    grantIfFree(request);
    return request;
  }

  /**
   * Takes a request away, granted or not. Does nothing if that was done before.
   *
   * @return the requests granted by that, in the order they were served
   */
  public List<LockRequest> release(LockRequest request) {
    if (!all.remove(request)) {
      return List.of();
    }
    for (LockKey key : request.locks().keys()) {
      List<LockRequest> queue = byText.getOrDefault(key.text(), new ArrayList<>());
      queue.remove(request);
      if (queue.isEmpty()) {
        byText.remove(key.text());
      }
    }
    return all.stream()
        .filter(other -> !other.isGranted())
        .sorted(
            Comparator.comparing((LockRequest other) -> !other.isChild())
                .thenComparing(LockRequest::arrival))
        .filter(this::grantIfFree)
        .toList();
  }

  /** All requests, granted and waiting, in the order of their arrival. */
  public List<LockRequest> requests() {
    return List.copyOf(all);
  }

  /** Number of texts that somebody holds or waits for. */
  public int size() {
    return byText.size();
  }

  private boolean grantIfFree(LockRequest request) {
    boolean free =
        request.locks().keys().stream()
            .allMatch(
                key ->
                    byText.getOrDefault(key.text(), List.of()).stream()
                        .noneMatch(other -> isInTheWay(other, request, key)));
    if (free) {
      request.grant();
    }
    return free;
  }

  private static boolean isInTheWay(LockRequest other, LockRequest request, LockKey key) {
    return other != request
        && modeOf(other, key.text()).conflictsWith(key.mode())
        && (other.isGranted() || goesBefore(other, request));
  }

  private static boolean goesBefore(LockRequest waiting, LockRequest request) {
    if (request.isChild()) {
      return false;
    }
    return waiting.isChild() || waiting.arrival() < request.arrival();
  }

  private static LockMode modeOf(LockRequest request, String text) {
    return request.locks().keys().stream()
        .filter(key -> key.text().equals(text))
        .findFirst()
        .map(LockKey::mode)
        .orElse(LockMode.SHARE);
  }
}
