package io.metasrv.client;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds the leader (sheet 01 §13.4): asks all metasrvs at once and believes the first that names
 * one. Thread-safe.
 */
final class LeaderFinder {

  private static final int ROUNDS = 3;

  private final List<String> peers;
  private final Duration timeout;
  private final Channels channels;
  private final RequestHeader header;
  private final AtomicReference<Optional<String>> leader = new AtomicReference<>(Optional.empty());

  LeaderFinder(List<String> peers, Duration timeout, Channels channels, RequestHeader header) {
    this.peers = peers;
    this.timeout = timeout;
    this.channels = channels;
    this.header = header;
  }

  /** The leader that the last question found; not asked again. */
  Optional<String> known() {
    return leader.get();
  }

  /** The leader known, or the one found by asking. */
  String knownOrAsk() {
    return known().orElseGet(this::ask);
  }

  /**
   * Asks now.
   *
   * @return the address of the leader, which need not be one of the addresses configured
   * @throws MetaClientException if no metasrv names a leader in three rounds
   */
  String ask() {
    String last = "";
    for (int round = 0; round < ROUNDS; round++) {
      try {
        String found = askOnce();
        leader.set(Optional.of(found));
        return found;
      } catch (NoAnswer noAnswer) {
        last = String.valueOf(noAnswer.getMessage());
      }
    }
    throw new MetaClientException(
        Reason.NO_LEADER,
        StatusCode.INTERNAL,
        "No leader found in " + ROUNDS + " rounds of asking " + peers + ": " + last);
  }

  private static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message);
    }
  }

  private String askOnce() throws NoAnswer {
    List<String> shuffled = new ArrayList<>(peers);
    Collections.shuffle(shuffled);
    CompletableFuture<String> first = new CompletableFuture<>();
    AtomicInteger open = new AtomicInteger(shuffled.size());
    Map<String, ManagedChannel> used = new TreeMap<>();
    for (String peer : shuffled) {
      ManagedChannel channel = channels.to(peer);
      used.put(peer, channel);
      HeartbeatGrpc.newStub(channel)
          .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .askLeader(
              AskLeaderRequest.newBuilder().setHeader(header).build(),
              new Answer(peer, channel, first, open));
    }
    try {
      return first.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException allFailed) {
      throw new NoAnswer(String.valueOf(allFailed.getMessage()));
    } catch (TimeoutException late) {
      used.forEach(channels::drop);
      throw new NoAnswer("no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new MetaClientException(
          Reason.INTERRUPTED,
          StatusCode.CANCELLED,
          "Interrupted while asking for the leader",
          interrupted);
    }
  }

  /** One peer's answer; the last failure of all fails the question. */
  private final class Answer implements StreamObserver<AskLeaderResponse> {

    private final String peer;
    private final ManagedChannel channel;
    private final CompletableFuture<String> first;
    private final AtomicInteger open;
    private String without = "it named none";

    Answer(
        String peer, ManagedChannel channel, CompletableFuture<String> first, AtomicInteger open) {
      this.peer = peer;
      this.channel = channel;
      this.first = first;
      this.open = open;
    }

    @Override
    public void onNext(AskLeaderResponse response) {
      if (response.getHeader().hasError()) {
        without = response.getHeader().getError().getErrMsg();
      } else if (!response.getLeader().getAddr().isEmpty()) {
        first.complete(response.getLeader().getAddr());
      }
    }

    @Override
    public void onError(Throwable failure) {
      channels.drop(peer, channel);
      over(String.valueOf(failure.getMessage()));
    }

    @Override
    public void onCompleted() {
      over(without);
    }

    private void over(String why) {
      if (open.decrementAndGet() == 0) {
        first.completeExceptionally(new NoAnswer(peer + ": " + why));
      }
    }
  }
}
