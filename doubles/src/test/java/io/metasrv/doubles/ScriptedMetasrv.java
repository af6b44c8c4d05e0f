package io.metasrv.doubles;

import com.google.protobuf.ByteString;
import io.metasrv.adapters.grpc.GrpcServer;
import io.metasrv.adapters.grpc.GrpcServerOptions;
import io.metasrv.adapters.grpc.GrpcServices;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.HeartbeatConfig;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.RegionLease;
import io.metasrv.protocol.v1.meta.RegionRole;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import io.metasrv.protocol.v1.meta.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A metasrv on the real port, whose heartbeat service leases every region it does not know better
 * of, to whoever reports it.
 */
final class ScriptedMetasrv implements AutoCloseable {

  static final long HEARTBEAT_MILLIS = 100;
  static final long RETRY_MILLIS = 100;

  /** Who leads; empty: nobody. */
  volatile Supplier<Optional<String>> leader = () -> Optional.of(address());

  volatile boolean leads = true;

  /** The length of the leases granted. */
  volatile long leaseSeconds = 10;

  /** Regions that nobody shall have. */
  final Set<Long> unknownRegions = ConcurrentHashMap.newKeySet();

  /** The store's content. */
  final ConcurrentSkipListMap<String, String> pairs = new ConcurrentSkipListMap<>();

  private final Map<String, HeartbeatRequest> lastHeartbeat = new ConcurrentHashMap<>();

  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final Map<String, NodeStream> streams = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<String>> replies = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final GrpcServer server;

  ScriptedMetasrv() throws IOException {
    this.server =
        new GrpcServer(
            GrpcServerOptions.on("127.0.0.1:0", "scripted"),
            new GrpcServices(
                new Heartbeats(),
                new OnlyReads(this::range),
                new NoCluster(),
                new NoProcedures(),
                request ->
                    io.metasrv.protocol.v1.meta.PullConfigResponse.newBuilder()
                        .setHeader(success())
                        .build(),
                new NoAdmin()),
            runtime);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  /** The nodes that have reported themselves. */
  Set<String> nodes() {
    return Set.copyOf(lastHeartbeat.keySet());
  }

  /** The last request of a node that named its peer. */
  HeartbeatRequest heartbeat(String node) {
    HeartbeatRequest last = lastHeartbeat.get(node);
    if (last == null) {
      throw new IllegalStateException(node + " has not reported itself yet");
    }
    return last;
  }

  /** Sends an instruction and waits for its reply. */
  String instruct(String node, String json)
      throws InterruptedException, ExecutionException, TimeoutException {
    long id = ids.incrementAndGet();
    CompletableFuture<String> reply = new CompletableFuture<>();
    replies.put(id, reply);
    push(node, id, json);
    return reply.get(5, TimeUnit.SECONDS);
  }

  /** Sends an instruction that is not answered. */
  void tell(String node, String json) {
    push(node, 0, json);
  }

  private void push(String node, long id, String json) {
    NodeStream stream = streams.get(node);
    if (stream == null) {
      throw new IllegalStateException(node + " is not connected; connected are " + streams);
    }
    stream.send(
        HeartbeatResponse.newBuilder()
            .setHeader(success())
            .setMailboxMessage(
                MailboxMessage.newBuilder()
                    .setId(id)
                    .setSubject("test")
                    .setFrom("Metasrv@" + address())
                    .setTo(node)
                    .setJson(json))
            .build());
  }

  /** Stops leading, as the server does it: every stream is ended and reset. */
  void stepDown() {
    leads = false;
    streams.values().forEach(stream -> stream.end(new StreamEnd.NotLeader(address())));
  }

  boolean isConnected(String node) {
    return streams.containsKey(node);
  }

  @Override
  public void close() throws InterruptedException {
    server.stop(Duration.ofMillis(100));
  }

  static ResponseHeader success() {
    return ResponseHeader.newBuilder().setProtocolVersion(1).build();
  }

  private RangeResponse range(RangeRequest request) {
    RangeResponse.Builder response = RangeResponse.newBuilder().setHeader(success());
    pairs
        .subMap(request.getKey().toStringUtf8(), request.getRangeEnd().toStringUtf8())
        .forEach(
            (key, value) ->
                response
                    .addKvsBuilder()
                    .setKey(ByteString.copyFromUtf8(key))
                    .setValue(ByteString.copyFromUtf8(value)));
    return response.build();
  }

  static String name(RequestHeader header) {
    String role =
        switch (header.getRole()) {
          case DATANODE -> "datanode-";
          case FLOWNODE -> "flownode-";
          case FRONTEND -> "frontend-";
          case UNRECOGNIZED -> throw new IllegalStateException("unknown role");
        };
    return role + header.getMemberId();
  }

  private final class Heartbeats implements HeartbeatService {
    @Override
    public AskLeaderResponse askLeader(AskLeaderRequest request) {
      String address =
          leader.get().orElseThrow(() -> new ServiceException(StatusCode.INTERNAL, "no leader"));
      return AskLeaderResponse.newBuilder()
          .setHeader(success())
          .setLeader(Peer.newBuilder().setAddr(address))
          .build();
    }

    @Override
    public void serve(NodeStream stream) throws InterruptedException {
      Optional<HeartbeatRequest> first = stream.receive();
      if (first.isEmpty()) {
        stream.end(new StreamEnd.Completed());
        return;
      }
      String node = name(first.get().getHeader());
      if (!leads) {
        stream.end(new StreamEnd.NotLeader(address()));
        return;
      }
      streams.put(node, stream);
      stream.send(handshakeAnswer(first.get().getHeader().getRole()));
      try {
        Optional<HeartbeatRequest> next = stream.receive();
        while (next.isPresent()) {
          stream.send(answer(node, next.get()));
          next = stream.receive();
        }
      } catch (io.metasrv.domain.error.StreamBrokenException gone) {
        // Killed nodes end so.
        lastHeartbeat.remove(node);
      }
      streams.remove(node, stream);
      stream.end(new StreamEnd.Completed());
    }

    private HeartbeatResponse handshakeAnswer(Role role) {
      long interval = role == Role.FRONTEND ? 6 * HEARTBEAT_MILLIS : HEARTBEAT_MILLIS;
      return HeartbeatResponse.newBuilder()
          .setHeader(success())
          .setHeartbeatConfig(
              HeartbeatConfig.newBuilder()
                  .setHeartbeatIntervalMs(interval)
                  .setRetryIntervalMs(RETRY_MILLIS))
          .build();
    }

    private HeartbeatResponse answer(String node, HeartbeatRequest request) {
      HeartbeatResponse.Builder response = HeartbeatResponse.newBuilder().setHeader(success());
      if (request.hasMailboxMessage()) {
        CompletableFuture<String> waiter = replies.remove(request.getMailboxMessage().getId());
        if (waiter != null) {
          waiter.complete(request.getMailboxMessage().getJson());
        }
        return response.build();
      }
      if (request.hasPeer()) {
        lastHeartbeat.put(node, request);
      }
      if (request.getHeader().getRole() == Role.DATANODE && request.hasPeer()) {
        response.setRegionLease(lease(request));
      }
      return response.build();
    }

    private RegionLease lease(HeartbeatRequest request) {
      RegionLease.Builder lease =
          RegionLease.newBuilder()
              .setDurationSinceEpoch(request.getDurationSinceEpoch())
              .setLeaseSeconds(leaseSeconds);
      for (RegionStat stat : request.getRegionStatsList()) {
        if (unknownRegions.contains(stat.getRegionId())) {
          lease.addCloseableRegionIds(stat.getRegionId());
        } else {
          lease.addRegionsBuilder().setRegionId(stat.getRegionId()).setRole(RegionRole.Leader);
        }
      }
      return lease.build();
    }
  }
}
