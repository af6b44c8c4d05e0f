package io.metasrv.application.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.application.cluster.ClusterServiceHandler;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ChrootStore;
import io.metasrv.application.storeservice.LeaderWrites;
import io.metasrv.application.storeservice.StoreServiceHandler;
import io.metasrv.application.support.DirectPeers;
import io.metasrv.application.support.FixedLeadership;
import io.metasrv.application.support.ScriptedElection;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutResponse;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.KeyValue;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StoreServiceTest {

  private static final String LEADER = "10.0.0.1:3002";
  private static final String FOLLOWER = "10.0.0.2:3002";

  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final DirectPeers peers = new DirectPeers();
  private final FixedLeadership lead = FixedLeadership.leading(LEADER, store, runtime);
  private final FixedLeadership follow = FixedLeadership.following(FOLLOWER, Optional.of(LEADER));
  private final StoreServiceHandler leader = service(lead);
  private final StoreServiceHandler follower = service(follow);

  @BeforeEach
  void connect() {
    peers.add(LEADER, leader, cluster(lead));
    peers.add(FOLLOWER, follower, cluster(follow));
  }

  @Test
  @DisplayName("sheet 01 case 13, sheet 02 case 33: a follower serves reads from the store")
  void givenAFollowerWhenARangeIsReadThenItComesFromTheStore() {
    put(leader, "a", "1");

    assertThat(keys(follower.range(range("a", "")))).containsExactly("a");
    assertThat(peers.calls()).isZero();
  }

  @Test
  @DisplayName("sheet 01 case 14: limit and continuation of a prefix range")
  void givenThreeKeysWhenReadInPagesThenTheSecondPageHasTheRest() {
    List.of("p/a", "p/b", "p/c").forEach(key -> put(leader, key, "v"));

    RangeResponse first = leader.range(range("p/", "p0").toBuilder().setLimit(2).build());
    RangeResponse second = leader.range(range("p/b\0", "p0").toBuilder().setLimit(2).build());

    assertThat(keys(first)).containsExactly("p/a", "p/b");
    assertThat(first.getMore()).isTrue();
    assertThat(keys(second)).containsExactly("p/c");
    assertThat(second.getMore()).isFalse();
  }

  @Test
  @DisplayName("sheet 01 case 15: [0],[0] is everything, no range end is one key")
  void givenTheSpecialBoundsThenTheyMeanEverythingAndOne() {
    List.of("a", "b", "c").forEach(key -> put(leader, key, "v"));

    assertThat(keys(leader.range(range("\0", "\0")))).containsExactly("a", "b", "c");
    assertThat(keys(leader.range(range("b", "\0")))).containsExactly("b", "c");
    assertThat(keys(leader.range(range("a", "")))).containsExactly("a");
    assertThat(keys(leader.range(range("c", "a")))).isEmpty();
  }

  @Test
  @DisplayName("sheet 01 case 16: keys only")
  void givenKeysOnlyThenValuesAreEmpty() {
    put(leader, "a", "1");

    RangeResponse response =
        leader.range(range("a", "").toBuilder().setKeysOnly(true).setLimit(-5).build());

    assertThat(response.getKvsList())
        .containsExactly(KeyValue.newBuilder().setKey(bytes("a")).build());
  }

  @Test
  @DisplayName("sheet 01 case 17: compare-and-put with an empty expectation")
  void givenAMissingKeyWhenPutIfAbsentTwiceThenTheSecondGetsTheStoredPair() {
    CompareAndPutRequest request =
        CompareAndPutRequest.newBuilder().setKey(bytes("k")).setValue(bytes("v")).build();

    CompareAndPutResponse first = leader.compareAndPut(request);
    CompareAndPutResponse second = leader.compareAndPut(request);

    assertThat(first.getSuccess()).isTrue();
    assertThat(first.hasPrevKv()).isFalse();
    assertThat(second.getSuccess()).isFalse();
    assertThat(second.getPrevKv()).isEqualTo(pair("k", "v"));
  }

  @Test
  @DisplayName("sheet 01 case 18: answers do not show the store's key prefix")
  void givenAChrootedStoreThenKeysComeWithoutThePrefix() {
    StoreServiceHandler chrooted =
        new StoreServiceHandler(
            ChrootStore.under(Bytes.utf8("/p1"), store),
            new LeaderWrites(lead, peers, new NoMetrics()),
            runtime,
            new NoMetrics());
    put(leader, "/p1a", "1");
    put(leader, "other", "2");

    assertThat(keys(chrooted.range(range("\0", "\0")))).containsExactly("a");
  }

  @Test
  void givenAFollowerWhenItIsWrittenThenTheLeaderWrites() {
    put(follower, "a", "1");
    follower.batchPut(
        BatchPutRequest.newBuilder().addKvs(pair("b", "2")).addKvs(pair("c", "3")).build());
    follower.compareAndPut(
        CompareAndPutRequest.newBuilder()
            .setKey(bytes("a"))
            .setExpect(bytes("1"))
            .setValue(bytes("4"))
            .build());
    follower.batchDelete(BatchDeleteRequest.newBuilder().addKeys(bytes("b")).build());
    assertThat(
            follower
                .deleteRange(DeleteRangeRequest.newBuilder().setKey(bytes("c")).build())
                .getDeleted())
        .isEqualTo(1);

    assertThat(peers.calls()).isEqualTo(5);
    assertThat(store.get(Bytes.utf8("a"))).contains(Bytes.utf8("4"));
    assertThat(keys(follower.range(range("\0", "\0")))).containsExactly("a");
  }

  @Test
  void givenNoLeaderWhenAFollowerIsWrittenThenTheStoreIsUnavailable() {
    follow.publish(Optional.empty());

    assertThatThrownBy(() -> put(follower, "a", "1"))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no metasrv leads");
    assertThat(store.get(Bytes.utf8("a"))).isEmpty();
  }

  @Test
  void givenTwoNodesThatTakeEachOtherForTheLeaderThenAWriteDoesNotGoInCircles() {
    FixedLeadership confused = FixedLeadership.following(LEADER, Optional.of(FOLLOWER));
    peers.add(LEADER, service(confused), cluster(confused));

    assertThatThrownBy(() -> put(follower, "a", "1"))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("took this node");
    assertThat(peers.calls()).isEqualTo(1);
  }

  @Test
  void givenALeaderWhoseTermIsOverInTheStoreWhenWrittenThenNothingIsWritten() {
    store.openTerm(FOLLOWER);

    assertThatThrownBy(() -> put(leader, "a", "1"))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("lost the lead");
    assertThat(lead.currentTerm()).isEmpty();
    assertThat(store.get(Bytes.utf8("a"))).isEmpty();
  }

  @Test
  void givenAKeyTwiceInABatchThenTheLastValueWinsAndDeletesCountOnce() {
    leader.batchPut(
        BatchPutRequest.newBuilder().addKvs(pair("a", "1")).addKvs(pair("a", "2")).build());
    assertThat(store.get(Bytes.utf8("a"))).contains(Bytes.utf8("2"));

    assertThat(
            leader
                .batchDelete(
                    BatchDeleteRequest.newBuilder()
                        .addKeys(bytes("a"))
                        .addKeys(bytes("a"))
                        .setPrevKv(true)
                        .build())
                .getPrevKvsList())
        .containsExactly(pair("a", "2"));
  }

  @Test
  void givenEmptyKeysThenRangesAreInvalidAndTheRestIsInternalAlsoOnAFollower() {
    for (StoreServiceHandler node : List.of(leader, follower)) {
      assertCode(StatusCode.INVALID_ARGUMENTS, () -> node.range(range("", "\0")));
      assertCode(
          StatusCode.INVALID_ARGUMENTS,
          () -> node.deleteRange(DeleteRangeRequest.getDefaultInstance()));
      assertCode(StatusCode.INTERNAL, () -> put(node, "", "1"));
      assertCode(
          StatusCode.INTERNAL, () -> node.compareAndPut(CompareAndPutRequest.getDefaultInstance()));
      assertCode(
          StatusCode.INTERNAL,
          () -> node.batchGet(BatchGetRequest.newBuilder().addKeys(bytes("")).build()));
      assertCode(
          StatusCode.INTERNAL,
          () -> node.batchPut(BatchPutRequest.newBuilder().addKvs(pair("", "v")).build()));
      assertCode(
          StatusCode.INTERNAL,
          () -> node.batchDelete(BatchDeleteRequest.newBuilder().addKeys(bytes("")).build()));
    }
    assertThat(peers.calls()).isZero();
  }

  private static void assertCode(StatusCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private StoreServiceHandler service(FixedLeadership leadership) {
    return new StoreServiceHandler(
        store, new LeaderWrites(leadership, peers, new NoMetrics()), runtime, new NoMetrics());
  }

  private ClusterServiceHandler cluster(FixedLeadership leadership) {
    return new ClusterServiceHandler(
        Optional::empty,
        leadership,
        new ScriptedElection(store),
        () -> new Candidate(leadership.serverAddress(), "1", "c", 0, 0, 0, 0, 0, "h"));
  }

  private static void put(StoreServiceHandler node, String key, String value) {
    node.put(PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build());
  }

  private static RangeRequest range(String key, String end) {
    return RangeRequest.newBuilder().setKey(bytes(key)).setRangeEnd(bytes(end)).build();
  }

  private static List<String> keys(RangeResponse response) {
    return response.getKvsList().stream().map(kv -> kv.getKey().toStringUtf8()).toList();
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
