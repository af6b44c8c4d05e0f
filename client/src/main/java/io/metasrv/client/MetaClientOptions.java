package io.metasrv.client;

import io.grpc.netty.NettyChannelBuilder;
import io.metasrv.protocol.grpc.ClientTls;
import io.metasrv.protocol.grpc.MessageEncodings;
import io.metasrv.protocol.grpc.WireDefaults;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Options of a {@link MetaClient}, with the reference's defaults (sheet 01 §13.1, §13.2).
 *
 * @param addresses {@code host:port} of the metasrvs, duplicates removed; at least one
 * @param role the role that heartbeats and config requests are made in; not {@link
 *     NodeRole#METASRV}
 * @param memberId unsigned id of the node; 0 for frontends
 * @param timeout limit of an ordinary call, and of each round of asking for the leader
 * @param procedureTimeout limit of a call to the procedure service
 * @param heartbeatTimeout limit from opening a heartbeat stream to its first response
 * @param connectTimeout limit of one attempt to connect
 * @param encoding of requests: {@code zstd}, {@code gzip} or {@code identity}
 * @param tls empty: plain text, as every node of v1.1.4 does
 * @param heartbeatChannels last changes to the channels that heartbeats use, for tests that look at
 *     or disturb their connections; the identity for none
 */
public record MetaClientOptions(
    List<String> addresses,
    NodeRole role,
    long memberId,
    Duration timeout,
    Duration procedureTimeout,
    Duration heartbeatTimeout,
    Duration connectTimeout,
    String encoding,
    Optional<ClientTls> tls,
    UnaryOperator<NettyChannelBuilder> heartbeatChannels) {

  public MetaClientOptions {
    addresses = List.copyOf(new LinkedHashSet<>(addresses));
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a meta client needs the address of a metasrv");
    }
    if (role.wire().isEmpty()) {
      throw new IllegalArgumentException("a meta client acts for a node, not for a metasrv");
    }
    if (!MessageEncodings.isKnown(encoding)) {
      throw new IllegalArgumentException("unknown message encoding: " + encoding);
    }
  }

  /** A client that acts as a frontend. */
  public static MetaClientOptions frontend(List<String> addresses) {
    return of(addresses, NodeRole.FRONTEND, 0);
  }

  /** A client that acts as the datanode with the id. */
  public static MetaClientOptions datanode(List<String> addresses, long id) {
    return of(addresses, NodeRole.DATANODE, id);
  }

  /** A client that acts as the flownode with the id. */
  public static MetaClientOptions flownode(List<String> addresses, long id) {
    return of(addresses, NodeRole.FLOWNODE, id);
  }

  private static MetaClientOptions of(List<String> addresses, NodeRole role, long memberId) {
    return new MetaClientOptions(
        addresses,
        role,
        memberId,
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        WireDefaults.CONNECT_TIMEOUT,
        MessageEncodings.ZSTD,
        Optional.empty(),
        UnaryOperator.identity());
  }

  /** The same with other limits for ordinary calls and for the first heartbeat response. */
  public MetaClientOptions withTimeouts(Duration call, Duration heartbeat) {
    return new MetaClientOptions(
        addresses,
        role,
        memberId,
        call,
        procedureTimeout,
        heartbeat,
        connectTimeout,
        encoding,
        tls,
        heartbeatChannels);
  }

  /** The same with another limit for calls to the procedure service. */
  public MetaClientOptions withProcedureTimeout(Duration limit) {
    return new MetaClientOptions(
        addresses,
        role,
        memberId,
        timeout,
        limit,
        heartbeatTimeout,
        connectTimeout,
        encoding,
        tls,
        heartbeatChannels);
  }

  /** The same with requests in another encoding. */
  public MetaClientOptions withEncoding(String name) {
    return new MetaClientOptions(
        addresses,
        role,
        memberId,
        timeout,
        procedureTimeout,
        heartbeatTimeout,
        connectTimeout,
        name,
        tls,
        heartbeatChannels);
  }

  /** The same over TLS. */
  public MetaClientOptions withTls(ClientTls settings) {
    return new MetaClientOptions(
        addresses,
        role,
        memberId,
        timeout,
        procedureTimeout,
        heartbeatTimeout,
        connectTimeout,
        encoding,
        Optional.of(settings),
        heartbeatChannels);
  }

  /** The same with last changes to the channels of heartbeats. */
  public MetaClientOptions withHeartbeatChannels(UnaryOperator<NettyChannelBuilder> change) {
    return new MetaClientOptions(
        addresses,
        role,
        memberId,
        timeout,
        procedureTimeout,
        heartbeatTimeout,
        connectTimeout,
        encoding,
        tls,
        change);
  }
}
