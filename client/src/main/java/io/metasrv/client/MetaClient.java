package io.metasrv.client;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.ConfigGrpc;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PullConfigResponse;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The client of a metasrv cluster, one a process (sheet 01 §13). Opening it does no I/O: channels
 * connect with their first call. All methods block the calling thread and are thread-safe; their
 * errors are {@link MetaClientException}.
 */
public final class MetaClient implements AutoCloseable {

  private final MetaClientOptions options;
  private final RequestHeader header;
  private final Channels channels;
  private final Channels heartbeatChannels;
  private final LeaderFinder finder;
  private final LeaderFinder heartbeatFinder;
  private final StoreClient store;
  private final ClusterClient cluster;
  private final ProcedureClient procedures;

  private MetaClient(MetaClientOptions options) {
    this.options = options;
    this.header =
        RequestHeader.newBuilder()
            .setProtocolVersion(1)
            .setMemberId(options.memberId())
            .setRole(options.role().wire().orElseThrow())
            .build();
    this.channels = new Channels(configure(ChannelSettings.defaults()), UnaryOperator.identity());
    this.heartbeatChannels =
        new Channels(configure(ChannelSettings.heartbeat()), options.heartbeatChannels());
    this.finder = new LeaderFinder(options.addresses(), options.timeout(), channels, header);
    this.heartbeatFinder =
        new LeaderFinder(
            options.addresses(), options.heartbeatTimeout(), heartbeatChannels, header);
    LeaderCalls calls = new LeaderCalls(finder, channels);
    this.store = new StoreClient(options.addresses(), channels, options.timeout(), header);
    this.cluster = new ClusterClient(calls, options.timeout());
    this.procedures = new ProcedureClient(calls, options.procedureTimeout(), header);
  }

  /** A client with these options. */
  public static MetaClient open(MetaClientOptions options) {
    return new MetaClient(options);
  }

  private ChannelSettings configure(ChannelSettings settings) {
    ChannelSettings configured =
        settings
            .withConnectTimeout(options.connectTimeout())
            .withEncoding(options.encoding(), true);
    return options.tls().map(configured::withTls).orElse(configured);
  }

  /**
   * Asks all metasrvs for the leader and remembers it.
   *
   * @return its address
   * @throws MetaClientException with {@link Reason#NO_LEADER} after three rounds without one
   */
  public String askLeader() {
    return finder.ask();
  }

  /** The store, through any metasrv. */
  public StoreClient store() {
    return store;
  }

  /** What the leader knows of the cluster. */
  public ClusterClient cluster() {
    return cluster;
  }

  /** The leader's procedures. */
  public ProcedureClient procedures() {
    return procedures;
  }

  /**
   * Asks for the leader and opens a heartbeat stream to it. The caller closes the stream.
   *
   * @throws MetaClientException if there is no leader, no answer to the handshake in time, or an
   *     answer with an error
   */
  public HeartbeatStream heartbeat() {
    String leader = heartbeatFinder.ask();
    ManagedChannel channel = heartbeatChannels.to(leader);
    try {
      return HeartbeatStream.open(leader, channel, header, options.heartbeatTimeout());
    } catch (MetaClientException failed) {
      heartbeatChannels.drop(leader, channel);
      throw failed;
    }
  }

  /**
   * Asks for the leader and pulls the options of plugins from it; not repeated.
   *
   * @return a JSON array, or the empty text where there are none
   */
  public String pullConfig() {
    String leader = finder.ask();
    try {
      PullConfigResponse answer =
          ConfigGrpc.newBlockingStub(channels.to(leader))
              .withDeadlineAfter(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
              .pullConfig(PullConfigRequest.newBuilder().setHeader(header).build());
      if (answer.getHeader().hasError()) {
        throw new MetaClientException(
            Reason.HEADER_ERROR,
            StatusCode.INTERNAL,
            "Config.PullConfig at " + leader + ": " + answer.getHeader().getError().getErrMsg());
      }
      return answer.getPayload();
    } catch (StatusRuntimeException failure) {
      throw MetaClientException.ofStatus("Config.PullConfig", leader, failure);
    }
  }

  /** Ends all calls and streams and closes all channels. */
  @Override
  public void close() {
    heartbeatChannels.close();
    channels.close();
  }
}
