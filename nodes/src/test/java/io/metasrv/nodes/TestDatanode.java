package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.region.RegionRole;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.meta.GrantedRegion;
import io.metasrv.protocol.v1.meta.HeartbeatConfig;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.RegionLease;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.RegionColumnDef;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionRequestHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A datanode in a test's hands: its time, its storage, what it sends and what it notes. */
final class TestDatanode {

  static final RegionId REGION = RegionId.of(new TableId(1024), 1);
  static final RegionId OTHER_REGION = RegionId.of(new TableId(1024), 2);
  private static final Instant WALL = Instant.parse("2026-11-23T12:00:00Z");

  final RegionStorage storage;
  final Datanode node;
  final List<String> problems = new ArrayList<>();
  private MonotonicTime time = new MonotonicTime(0);

  TestDatanode(DatanodeOptions options) {
    this(options, new RegionStorage(), 1);
  }

  TestDatanode(DatanodeOptions options, RegionStorage storage, long id) {
    this.storage = storage;
    NodeObserver observer =
        new NodeObserver() {
          @Override
          public void problem(String what) {
            problems.add(what);
          }
        };
    NodeProfile profile = NodeProfile.of(id, "127.0.0.1:4001", WALL);
    this.node = new Datanode(profile, options, storage, List.of(), observer, now());
  }

  static TestDatanode faithful() {
    return new TestDatanode(DatanodeOptions.faithful());
  }

  /** A faithful one that is connected, with the intervals of the defaults. */
  static TestDatanode connected() {
    TestDatanode datanode = faithful();
    datanode.connect();
    return datanode;
  }

  Moment now() {
    return new Moment(time, WALL.plusNanos(time.nanos()));
  }

  /** Lets time pass without waking the node. */
  void pass(Duration duration) {
    time = time.plus(duration);
  }

  List<NodeAction> connect() {
    return node.connected(handshakeAnswer(3_000, 3_000), now());
  }

  static HeartbeatResponse handshakeAnswer(long heartbeatMillis, long retryMillis) {
    return HeartbeatResponse.newBuilder()
        .setHeader(ResponseHeader.newBuilder().setProtocolVersion(1))
        .setHeartbeatConfig(
            HeartbeatConfig.newBuilder()
                .setHeartbeatIntervalMs(heartbeatMillis)
                .setRetryIntervalMs(retryMillis))
        .build();
  }

  /** Creates a region with a host, a time and a value column. */
  void create(RegionId region) {
    node.handle(request().setCreate(createRequest(region)).build(), now());
  }

  static RegionRequest.Builder request() {
    return RegionRequest.newBuilder().setHeader(RegionRequestHeader.getDefaultInstance());
  }

  static CreateRequest.Builder createRequest(RegionId region) {
    return CreateRequest.newBuilder()
        .setRegionId(region.value())
        .setEngine("mito")
        .setPath("greptime/refdb")
        .addColumnDefs(column(0, "host", ColumnDataType.STRING, SemanticType.TAG))
        .addColumnDefs(
            column(1, "ts", ColumnDataType.TIMESTAMP_MILLISECOND, SemanticType.TIMESTAMP))
        .addColumnDefs(column(2, "cpu", ColumnDataType.FLOAT64, SemanticType.FIELD))
        .addPrimaryKey(0);
  }

  static RegionColumnDef column(
      int id, String name, ColumnDataType type, SemanticType semanticType) {
    return RegionColumnDef.newBuilder()
        .setColumnId(id)
        .setColumnDef(
            ColumnDef.newBuilder()
                .setName(name)
                .setDataType(type)
                .setSemanticType(semanticType)
                .setIsNullable(semanticType != SemanticType.TIMESTAMP))
        .build();
  }

  RegionRole role(RegionId region) {
    return node.regions().find(region).orElseThrow().role();
  }

  boolean isOpen(RegionId region) {
    return node.regions().find(region).isPresent();
  }

  boolean isWritable(RegionId region) {
    return node.regions().isWritable(region, now().monotonic());
  }

  /** Delivers an instruction and returns the JSON of the replies sent at once. */
  List<String> instruct(String json) {
    return replies(node.received(instruction(json), now()));
  }

  static HeartbeatResponse instruction(String json) {
    return HeartbeatResponse.newBuilder()
        .setMailboxMessage(
            MailboxMessage.newBuilder()
                .setId(7)
                .setSubject("subject")
                .setFrom("Metasrv@127.0.0.1:3002")
                .setTo("Datanode-1@127.0.0.1:4001")
                .setJson(json))
        .build();
  }

  static List<String> replies(List<NodeAction> actions) {
    return sent(actions).stream()
        .filter(HeartbeatRequest::hasMailboxMessage)
        .map(request -> request.getMailboxMessage().getJson())
        .toList();
  }

  static List<HeartbeatRequest> sent(List<NodeAction> actions) {
    return actions.stream()
        .filter(NodeAction.Send.class::isInstance)
        .map(action -> ((NodeAction.Send) action).request())
        .toList();
  }

  /** Delivers a lease that the metasrv granted for a heartbeat built at the time given. */
  void lease(Duration builtAt, long seconds, RegionId region, RegionRole role) {
    lease(
        RegionLease.newBuilder()
            .setDurationSinceEpoch(builtAt.toMillis())
            .setLeaseSeconds(seconds)
            .addRegions(GrantedRegion.newBuilder().setRegionId(region.value()).setRole(role.wire()))
            .build());
  }

  List<NodeAction> lease(RegionLease lease) {
    return node.received(HeartbeatResponse.newBuilder().setRegionLease(lease).build(), now());
  }
}
