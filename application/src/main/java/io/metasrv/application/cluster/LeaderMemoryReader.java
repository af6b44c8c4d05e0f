package io.metasrv.application.cluster;

import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.PeerClient;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.ByteStrings;
import io.metasrv.application.wire.StoreMessages;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the leader's memory from any node (sheet 02 §20): on the leader its own, elsewhere by
 * asking the leader, three times a second apart while the one asked does not lead or cannot be
 * reached. Thread-safe.
 */
public final class LeaderMemoryReader {

  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final LeaderMemory memory;
  private final Leadership leadership;
  private final PeerClient peers;
  private final Runtime runtime;

  public LeaderMemoryReader(
      LeaderMemory memory, Leadership leadership, PeerClient peers, Runtime runtime) {
    this.memory = memory;
    this.leadership = leadership;
    this.peers = peers;
    this.runtime = runtime;
  }

  /**
   * Reads a range.
   *
   * @throws ServiceException (Internal) if no try succeeded
   */
  public RangeResult range(KeyRange range, RangeOptions options) {
    return read(
        "range",
        own -> own.range(range, options),
        leader ->
            StoreMessages.fromWire(
                peers.clusterRange(leader, StoreMessages.toWire(range, options))));
  }

  /**
   * Reads several keys.
   *
   * @throws ServiceException (Internal) if no try succeeded
   */
  public List<KeyValue> batchGet(List<Bytes> keys) {
    BatchGetRequest request =
        BatchGetRequest.newBuilder()
            .addAllKeys(keys.stream().map(ByteStrings::toWire).toList())
            .build();
    return read(
        "batch_get",
        own -> own.batchGet(keys),
        leader -> StoreMessages.fromWire(peers.clusterBatchGet(leader, request).getKvsList()));
  }

  private <R> R read(String call, Function<KeyValueStore, R> own, Function<String, R> remote) {
    RuntimeException last = new StoreException.Unavailable("no metasrv leads at the moment");
    for (int tries = 0; tries < TRIES; tries++) {
      if (tries > 0) {
        pause(call);
      }
      try {
        KeyValueStore here = memory.current().orElse(null);
        return here != null ? own.apply(here) : remote.apply(leader());
      } catch (NotLeaderException | StoreException.Unavailable again) {
        last = again;
      }
    }
    throw new ServiceException(
        StatusCode.INTERNAL,
        "The number of retries for the grpc call %s exceeded the limit, %d".formatted(call, TRIES),
        last);
  }

  private String leader() {
    String leader =
        leadership
            .leaderAddress()
            .orElseThrow(() -> new StoreException.Unavailable("no metasrv leads at the moment"));
    if (leader.equals(leadership.serverAddress())) {
      throw new NotLeaderException(leader);
    }
    return leader;
  }

  private void pause(String call) {
    try {
      runtime.sleep(PAUSE);
    } catch (InterruptedException cancelled) {
      throw new ServiceException(
          StatusCode.CANCELLED,
          "The grpc call " + call + " to the leader was called off",
          cancelled);
    }
  }
}
