package io.metasrv.application.heartbeat;

import static io.metasrv.application.heartbeat.LeaderFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.options.StatsPersistenceOptions;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatChainTest {

  private static final List<String> ALL_HANDLERS =
      List.of(
          "ResponseHeaderHandler",
          "DatanodeKeepLeaseHandler",
          "FlownodeKeepLeaseHandler",
          "CheckLeaderHandler",
          "OnLeaderStartHandler",
          "ExtractStatHandler",
          "CollectDatanodeClusterInfoHandler",
          "CollectFrontendClusterInfoHandler",
          "CollectFlownodeClusterInfoHandler",
          "MailboxHandler",
          "RegionLeaseHandler",
          "FilterInactiveRegionStatsHandler",
          "RegionFailureHandler",
          "PublishHeartbeatHandler",
          "CollectLeaderRegionHandler",
          "CollectTopicStatsHandler",
          "PersistStatsHandler",
          "CollectStatsHandler",
          "RemapFlowPeerHandler",
          "FlowStateHandler");

  private static LeaderFixture with(ChainCustomizer customizer) {
    return new LeaderFixture(
        HeartbeatOptions.defaults(), HeartbeatExtensions.NONE.withCustomizers(List.of(customizer)));
  }

  @Test
  void givenEverythingOn_thenTheChainIsTheOneOfTheSheet() throws InterruptedException {
    LeaderFixture full =
        new LeaderFixture(
            new HeartbeatOptions(
                HeartbeatTimes.DEFAULTS,
                3,
                Duration.ofHours(24),
                new StatsPersistenceOptions(Duration.ofDays(1), Duration.ofMinutes(10))),
            HeartbeatExtensions.NONE
                .published()
                .withFailureDetector(context -> stat -> {})
                .withFrontends(
                    (frontend, request, hints) -> {
                      throw new AssertionError("not called");
                    }));

    assertThat(full.elected().chain().handlerNames()).isEqualTo(ALL_HANDLERS);
    full.close();
  }

  @Test
  void givenTheDefaults_thenOptionalHandlersAreAbsent() throws InterruptedException {
    LeaderFixture metasrv = LeaderFixture.leading();

    assertThat(metasrv.term().chain().handlerNames())
        .doesNotContain("RegionFailureHandler", "PublishHeartbeatHandler", "PersistStatsHandler")
        .hasSize(17);
    metasrv.close();
  }

  @Test
  void givenCustomisations_thenHandlersStandWhereTheyWerePut() throws InterruptedException {
    LeaderFixture metasrv =
        with(
            chain ->
                chain
                    .addLast(new HandlerRecipe("Last", parts -> new Idle()))
                    .addAfter(
                        "ResponseHeaderHandler", new HandlerRecipe("Second", parts -> new Idle()))
                    .addBefore(
                        "MailboxHandler", new HandlerRecipe("BeforeMailbox", parts -> new Idle()))
                    .replace(
                        "FlowStateHandler",
                        new HandlerRecipe("OtherFlowState", parts -> new Idle())));

    List<String> names = metasrv.elected().chain().handlerNames();
    assertThat(names.get(1)).isEqualTo("Second");
    assertThat(names.indexOf("BeforeMailbox")).isEqualTo(names.indexOf("MailboxHandler") - 1);
    assertThat(names).doesNotContain("FlowStateHandler");
    assertThat(names.subList(names.size() - 2, names.size()))
        .containsExactly("OtherFlowState", "Last");
    metasrv.close();
  }

  @Test
  void givenAnUnknownTarget_thenTheErrorNamesIt() {
    HandlerRecipe idle = new HandlerRecipe("x", parts -> new Idle());

    assertThatThrownBy(() -> with(chain -> chain.addAfter("NoSuchHandler", idle)))
        .isInstanceOfSatisfying(
            MetasrvException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS))
        .hasMessage("Handler not found: NoSuchHandler");
  }

  @Test
  void givenAHandlerThatFails_thenTheChainGoesOnWithoutIt() throws InterruptedException {
    LeaderFixture metasrv =
        with(
            chain ->
                chain.replace(
                    "ExtractStatHandler",
                    new HandlerRecipe("Failing", parts -> new Failing(false))));
    metasrv.elected();
    NodeEnd node = metasrv.connect(heartbeat(Role.DATANODE, 1).build());

    assertThat(node.response(1).getHeader().hasError()).isFalse();
    assertThat(node.response(1).hasRegionLease()).isFalse();
    assertThat(node.isEnded()).isFalse();
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_HANDLER_FAILURES, "Failing"))
        .isEqualTo(1);
    assertThat(metasrv.metrics.value(MetricNames.HANDLER_EXECUTE, "Failing")).isEqualTo(1);
    metasrv.close();
  }

  @Test
  void givenAnEssentialHandlerThatFails_thenTheStreamEndsWithItsError()
      throws InterruptedException {
    LeaderFixture metasrv =
        with(
            chain ->
                chain.replace(
                    "CheckLeaderHandler",
                    new HandlerRecipe("Failing", parts -> new Failing(true))));
    metasrv.elected();
    NodeEnd node = metasrv.connect(heartbeat(Role.DATANODE, 1).build());

    assertThat(node.awaitEnd())
        .isInstanceOfSatisfying(
            StreamEnd.Failed.class,
            failed -> assertThat(failed.cause().code()).isEqualTo(StatusCode.INTERNAL));
    assertThat(node.responses()).isEmpty();
    assertThat(metasrv.term().parts().pushers().size()).isZero();
    metasrv.close();
  }

  private record Idle() implements HeartbeatHandler {
    @Override
    public boolean accepts(NodeRole role) {
      return true;
    }

    @Override
    public Outcome handle(HeartbeatExchange exchange) {
      return Outcome.CONTINUE;
    }
  }

  private record Failing(boolean isEssential) implements HeartbeatHandler {
    @Override
    public boolean accepts(NodeRole role) {
      return true;
    }

    @Override
    public Outcome handle(HeartbeatExchange exchange) {
      throw new IllegalStateException("the test's handler fails");
    }
  }
}
