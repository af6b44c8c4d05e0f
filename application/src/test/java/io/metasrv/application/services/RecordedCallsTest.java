package io.metasrv.application.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.metasrv.application.cluster.ClusterServiceHandler;
import io.metasrv.application.config.ConfigServiceHandler;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.procedure.ProcedureServiceHandler;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.storeservice.LeaderWrites;
import io.metasrv.application.storeservice.StoreServiceHandler;
import io.metasrv.application.support.DirectPeers;
import io.metasrv.application.support.FixedLeadership;
import io.metasrv.application.support.ScriptedElection;
import io.metasrv.application.wire.StoreMessages;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.MetasrvNodeInfo;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.MigrateRegionRequest;
import io.metasrv.protocol.v1.meta.ProcedureDetailRequest;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.ReconcileRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded unary call, made again in its order against a leader and a follower that share a
 * store: byte for byte the same answer, or the same code and message.
 */
class RecordedCallsTest {

  private static final String LEADER = "127.0.0.1:23002";
  private static final String FOLLOWER = "127.0.0.1:23022";

  /** Service Heartbeat is tested with its own recordings. */
  private static final Set<String> OF_OTHER_SERVICES = Set.of("AskLeader", "AskLeader_noheader");

  /** The recorded leader had run procedures; this one has not. */
  private static final Set<String> OF_A_PAST = Set.of("leader ProcDetails");

  private final List<RecordedCall> recorded = RecordedCall.all();
  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryStore memory = new InMemoryStore();
  private final DirectPeers peers = new DirectPeers();

  @TestFactory
  Stream<DynamicTest> givenTheRecordedRequestsThenTheAnswersAreTheRecordedOnes() {
    fillStores();
    Node leader =
        new Node(
            FixedLeadership.leading(LEADER, store, runtime), Optional.of(memory), LEADER, FOLLOWER);
    Node follower =
        new Node(
            FixedLeadership.following(FOLLOWER, Optional.of(LEADER)),
            Optional.empty(),
            FOLLOWER,
            LEADER);
    peers.add(LEADER, leader.storeService, leader.clusterService);
    return Stream.concat(
            recorded.stream().filter(call -> call.target().equals("leader")), followerCalls())
        .filter(call -> !OF_OTHER_SERVICES.contains(call.call()))
        .filter(call -> !OF_A_PAST.contains(call.toString()))
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.toString(),
                    () -> compare(call, call.target().equals("leader") ? leader : follower)));
  }

  /** Between the two halves heartbeats were recorded, which wrote addresses of nodes. */
  private Stream<RecordedCall> followerCalls() {
    return recorded.stream()
        .filter(call -> call.target().equals("follower"))
        .peek(
            call -> {
              if (call.call().equals("Range_all_keysonly")) {
                put(store, rangeResponse(call.response().orElseThrow()));
              }
            });
  }

  private static RangeResponse rangeResponse(ByteString answer) {
    try {
      return RangeResponse.parseFrom(answer);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void compare(RecordedCall call, Node node) throws Exception {
    Optional<ByteString> answer = Optional.empty();
    Optional<MetasrvException> failure = Optional.empty();
    try {
      answer = Optional.of(node.call(call.call(), call.request()).toByteString());
    } catch (MetasrvException refused) {
      failure = Optional.of(refused);
    }
    assertThat(answer).isEqualTo(call.response());
    assertThat(failure.map(MetasrvException::code).map(code -> code.rpcCode().name()).orElse("OK"))
        .isEqualTo(call.status());
    assertThat(failure.map(refused -> String.valueOf(refused.code().number())))
        .isEqualTo(call.errorCode());
    assertThat(failure.map(RecordedCallsTest::messageOnTheWire)).isEqualTo(call.message());
  }

  private static String messageOnTheWire(MetasrvException refused) {
    return refused.code().isMasked()
        ? "Internal error: " + refused.code().number()
        : String.valueOf(refused.getMessage());
  }

  /** What the recorded servers had: as much of it as the recorded answers show. */
  private void fillStores() {
    put(store, rangeResponse(answer("leader", "Range_all_keysonly")));
    put(store, rangeResponse(answer("leader", "Range_all")));
    put(memory, rangeResponse(answer("leader", "ClusterRange")));
  }

  private static void put(KeyValueStore into, RangeResponse content) {
    StoreMessages.fromWire(content.getKvsList())
        .forEach(kv -> into.put(kv.key(), kv.value(), Previous.DISCARD));
  }

  private ByteString answer(String target, String call) {
    return recorded.stream()
        .filter(one -> one.target().equals(target) && one.call().equals(call))
        .findFirst()
        .flatMap(RecordedCall::response)
        .orElseThrow();
  }

  private Candidate candidate(String address) {
    try {
      MetasrvPeersResponse peersResponse =
          MetasrvPeersResponse.parseFrom(answer("leader", "MetasrvPeers"));
      return Stream.concat(
              Stream.of(peersResponse.getLeader()), peersResponse.getFollowersList().stream())
          .filter(node -> node.getPeer().getAddr().equals(address))
          .findFirst()
          .map(RecordedCallsTest::candidate)
          .orElseThrow();
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Candidate candidate(MetasrvNodeInfo node) {
    return new Candidate(
        node.getPeer().getAddr(),
        node.getInfo().getVersion(),
        node.getInfo().getGitCommit(),
        node.getInfo().getStartTimeMs(),
        node.getInfo().getTotalCpuMillicores(),
        node.getInfo().getTotalMemoryBytes(),
        node.getInfo().getCpuUsageMillicores(),
        node.getInfo().getMemoryUsageBytes(),
        node.getInfo().getHostname());
  }

  /** The services of one node. */
  private final class Node {

    private final StoreServiceHandler storeService;
    private final ClusterServiceHandler clusterService;
    private final ProcedureServiceHandler procedureService;
    private final ConfigServiceHandler configService = new ConfigServiceHandler();

    Node(Leadership leadership, Optional<KeyValueStore> ownMemory, String self, String other) {
      ScriptedElection election = new ScriptedElection(store);
      election.announce(candidate(self));
      election.announce(candidate(other));
      storeService =
          new StoreServiceHandler(
              store,
              new LeaderWrites(leadership, peers, new NoMetrics()),
              runtime,
              new NoMetrics());
      clusterService =
          new ClusterServiceHandler(() -> ownMemory, leadership, election, () -> candidate(self));
      procedureService =
          new ProcedureServiceHandler(
              leadership, store, id -> false, Optional::empty, Optional::empty);
    }

    Message call(String name, ByteString request) throws InvalidProtocolBufferException {
      return switch (name.split("_", 2)[0]) {
        case "PullConfig" -> configService.pullConfig(PullConfigRequest.parseFrom(request));
        case "Range" -> storeService.range(RangeRequest.parseFrom(request));
        case "Put" -> storeService.put(PutRequest.parseFrom(request));
        case "BatchGet" -> storeService.batchGet(BatchGetRequest.parseFrom(request));
        case "BatchPut" -> storeService.batchPut(BatchPutRequest.parseFrom(request));
        case "BatchDelete" -> storeService.batchDelete(BatchDeleteRequest.parseFrom(request));
        case "CAS" -> storeService.compareAndPut(CompareAndPutRequest.parseFrom(request));
        case "DeleteRange" -> storeService.deleteRange(DeleteRangeRequest.parseFrom(request));
        case "MetasrvPeers" -> clusterService.metasrvPeers(MetasrvPeersRequest.parseFrom(request));
        case "ClusterRange" -> clusterService.range(RangeRequest.parseFrom(request));
        case "ClusterBatchGet" -> clusterService.batchGet(BatchGetRequest.parseFrom(request));
        case "ProcQuery" -> procedureService.query(QueryProcedureRequest.parseFrom(request));
        case "ProcDetails" -> procedureService.details(ProcedureDetailRequest.parseFrom(request));
        case "Ddl" -> procedureService.ddl(DdlTaskRequest.parseFrom(request));
        case "Migrate" -> procedureService.migrate(MigrateRegionRequest.parseFrom(request));
        case "Reconcile" -> procedureService.reconcile(ReconcileRequest.parseFrom(request));
        default -> throw new IllegalArgumentException("no service has a call " + name);
      };
    }
  }
}
