package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.HeartbeatStream;
import io.metasrv.client.KeyValue;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.doubles.DatanodeDouble;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/**
 * Clients that are made once and see every change of leader: a {@link MetaClient} with a writer
 * that never rests, and a datanode that keeps its own stream. Used by one thread.
 */
final class LongLivedClients implements AutoCloseable {

  /** What a client may need beyond a takeover: its own limits of 3 s a call, and asking again. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long DATANODE = 7;
  private static final long CLIENT_NODE = 8;

  private final MetaClient client;
  private final PersistentWriter writer;
  private final DatanodeDouble datanode;

  /** Clients that know all the addresses; they begin at once. */
  LongLivedClients(List<String> addresses) {
    client = MetaClient.open(MetaClientOptions.datanode(addresses, CLIENT_NODE));
    writer = new PersistentWriter(client, "written/");
    datanode =
        new DatanodeDouble(DATANODE, addresses, DatanodeOptions.faithful(), new RegionStorage());
    datanode.start();
  }

  MetaClient client() {
    return client;
  }

  PersistentWriter writer() {
    return writer;
  }

  /** Waits until the datanode has a stream to that metasrv. */
  void awaitDatanodeConnected(MetasrvProcess leader) throws InterruptedException, TimeoutException {
    awaitDatanode(leader, 0);
  }

  /** Waits until the datanode has a stream to that metasrv and another answer came. */
  void awaitDatanodeAt(MetasrvProcess leader) throws InterruptedException, TimeoutException {
    awaitDatanode(leader, datanode.observations().now().responses() + 1);
  }

  private void awaitDatanode(MetasrvProcess leader, long responses)
      throws InterruptedException, TimeoutException {
    var unused =
        datanode
            .observations()
            .await(
                "datanode is answered by " + leader.grpc(),
                Duration.ofSeconds(30),
                seen ->
                    seen.leader().equals(Optional.of(leader.grpc()))
                        && seen.responses() >= responses);
  }

  /** A stream of the client on which a heartbeat was answered, and nothing is under way. */
  HeartbeatStream streamTo(MetasrvProcess leader) {
    HeartbeatStream stream =
        Eventually.present(
            "a heartbeat stream to " + leader.grpc(),
            PATIENCE,
            () -> Optional.of(client.heartbeat()));
    assertThat(stream.address()).isEqualTo(leader.grpc());
    stream.send(heartbeat());
    // The handshake is answered first, without a lease.
    HeartbeatResponse answer;
    do {
      answer = stream.receive(PATIENCE).orElseThrow();
    } while (!answer.hasRegionLease());
    return stream;
  }

  static HeartbeatRequest heartbeat() {
    return HeartbeatRequest.newBuilder()
        .setPeer(Peer.newBuilder().setId(CLIENT_NODE).setAddr("127.0.0.1:1"))
        .setNodeEpoch(1)
        .build();
  }

  /** How the stream ends, provided that nothing is answered on it any more. */
  static MetaClientException endOf(HeartbeatStream stream) {
    try (stream) {
      Optional<HeartbeatResponse> answer = stream.receive(PATIENCE);
      throw new AssertionError("the stream has not ended; it answered: " + answer);
    } catch (MetaClientException end) {
      return end;
    }
  }

  /** The first so many writes, all of them acknowledged, are there. */
  void assertReadable(int acknowledged) {
    List<KeyValue> stored =
        Eventually.present(
            "a scan of everything written",
            PATIENCE,
            () -> Optional.of(client.store().scan(writer.prefix())));
    Map<Bytes, Bytes> content = new TreeMap<>();
    stored.forEach(pair -> content.put(pair.key(), pair.value()));
    assertThat(acknowledged).isPositive();
    for (int i = 0; i < acknowledged; i++) {
      assertThat(content.get(writer.key(i))).as("write %d", i).isEqualTo(PersistentWriter.value(i));
    }
  }

  @Override
  public void close() throws InterruptedException {
    writer.close();
    datanode.close();
    client.close();
  }
}
