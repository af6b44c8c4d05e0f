package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.region.FollowerSync;
import io.metasrv.application.ddl.region.RegionCall;
import io.metasrv.application.ddl.region.RegionExtensions;
import io.metasrv.application.ddl.region.RegionFanOut;
import io.metasrv.application.ddl.region.RegionMessages;
import io.metasrv.application.ddl.region.RegionOutcome;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.route.Region;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Requests to many datanodes and what their answers mean (sheet 06 §3, §5). */
class RegionCallsTest {

  private static final TableId TABLE = new TableId(1024);

  private final DdlWorld world = new DdlWorld();
  private final RegionFanOut datanodes = RegionFanOut.of(world.context());

  private static List<RegionCall> calls(long count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(
            id ->
                new RegionCall(
                    DdlWorld.datanode(id), RegionMessages.truncate(RegionId.of(TABLE, id))))
        .toList();
  }

  private static MetasrvException fatal(String message) {
    return new ServiceException(StatusCode.STORAGE_UNAVAILABLE, message);
  }

  @Test
  void outcomesComeInTheOrderOfTheRequestsAndAllAreAwaited() throws InterruptedException {
    world.datanodes.fail(1, fatal("one"));
    world.datanodes.accept(2);
    world.datanodes.fail(3, Datanodes.unavailable());
    world.datanodes.accept(4);
    List<RegionOutcome> outcomes = datanodes.send(calls(4));
    assertThat(outcomes).extracting(RegionOutcome::call).containsExactlyElementsOf(calls(4));
    assertThat(outcomes)
        .extracting(outcome -> outcome.failure().map(Throwable::getMessage).orElse("ok"))
        .containsExactly(
            "Failed to operate on datanode: peer-1(127.0.0.1:4001)",
            "ok",
            "Procedure exec failed",
            "ok");
    assertThat(world.datanodes.received()).hasSize(4);
  }

  @Test
  void anErrorForGoodGoesBeforeOneThatMayPass() {
    world.datanodes.fail(1, Datanodes.unavailable());
    world.datanodes.fail(2, fatal("two"));
    world.datanodes.fail(3, fatal("three"));
    assertThatThrownBy(() -> datanodes.sendAll(calls(3)))
        .isInstanceOfSatisfying(
            MetasrvException.class,
            e -> {
              assertThat(e.isRetryable()).isFalse();
              assertThat(e.code()).isEqualTo(StatusCode.STORAGE_UNAVAILABLE);
            })
        .hasRootCauseMessage("two");
  }

  @Test
  void onlyErrorsThatMayPassLeaveARetry() {
    world.datanodes.accept(1);
    world.datanodes.fail(2, Datanodes.unavailable());
    assertThatThrownBy(() -> datanodes.sendAll(calls(2)))
        .isInstanceOfSatisfying(MetasrvException.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void afterTheTermNothingLeaves() {
    world.context().term().end("the test says so");
    assertThatThrownBy(() -> datanodes.send(calls(2))).isInstanceOf(NotLeaderException.class);
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void columnsOfSomeResponsesOnlyAreACorruption() {
    RegionResponse with =
        RegionResponse.newBuilder()
            .putExtensions(RegionExtensions.ALTER_PHYSICAL, ByteString.copyFromUtf8("[]"))
            .build();
    RegionResponse without = RegionResponse.getDefaultInstance();
    assertThatThrownBy(
            () -> RegionExtensions.columns(List.of(with, without), RegionExtensions.ALTER_PHYSICAL))
        .hasMessageStartingWith("Metadata corruption: ");
    assertThat(RegionExtensions.columns(List.of(without, without), RegionExtensions.ALTER_PHYSICAL))
        .isEmpty();
  }

  @Test
  void followersAreToldHowFarTheirLeaderHasCome() throws InterruptedException {
    RegionRoute route =
        RegionRoute.of(Region.of(RegionId.of(TABLE, 0), ""), DdlWorld.datanode(1))
            .withFollowers(List.of(DdlWorld.datanode(2), DdlWorld.datanode(3)));
    RegionResponse answer =
        RegionResponse.newBuilder()
            .putExtensions(
                RegionExtensions.MANIFEST_INFO,
                ByteString.copyFromUtf8(
                    "[[4398046511104,{\"Metric\":{\"data_manifest_version\":7,"
                        + "\"data_flushed_entry_id\":0,\"metadata_manifest_version\":3,"
                        + "\"metadata_flushed_entry_id\":0}}]]"))
            .build();
    world.datanodes.accept(2);
    world.datanodes.fail(3, fatal("not now"));
    FollowerSync sync = new FollowerSync(datanodes);
    sync.sync("metric", List.of(route), List.of(answer));
    assertThat(world.datanodes.received(BodyCase.SYNC))
        .extracting(each -> each.to().id())
        .containsExactly(2L, 3L);
    var told = world.datanodes.received().getFirst().request().getSync().getMetricManifestInfo();
    assertThat(told.getDataManifestVersion()).isEqualTo(7);
    assertThat(told.getMetadataManifestVersion()).isEqualTo(3);
    world.datanodes.forget();
    sync.sync("mito", List.of(route), List.of(answer));
    sync.sync("file", List.of(route), List.of(answer));
    assertThat(world.datanodes.received()).isEmpty();
  }
}
