package io.metasrv.simulation.heartbeat;

import io.metasrv.application.heartbeat.ChainCustomizer;
import io.metasrv.application.heartbeat.HandlerRecipe;
import io.metasrv.application.heartbeat.HeartbeatExchange;
import io.metasrv.application.heartbeat.HeartbeatExtensions;
import io.metasrv.application.heartbeat.HeartbeatHandler;
import io.metasrv.application.heartbeat.HeartbeatParts;
import io.metasrv.application.heartbeat.StoredRouteLeases;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.simulation.cluster.MetasrvSetup;
import io.metasrv.simulation.cluster.ServerSide;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The metasrvs of the scenario: watched, busy, and perhaps broken on purpose. */
final class Setup implements MetasrvSetup {

  /** One heartbeat in this many meets a handler that takes its time. */
  private static final int ONE_IN = 8;

  private static final int LONGEST_DELAY_MILLIS = 300;

  private final HeartbeatJudge judge;
  private final MailboxJudge mailboxJudge;
  private final Violations violations;
  private final Moves moves;
  private final Sabotage sabotage;
  private final boolean cachedRoutes;
  private final Consumer<SimulatedProcess> whileHandling;
  private final Map<SimulatedProcess, HastyRuntime> hasty = new IdentityHashMap<>();

  /**
   * @param cachedRoutes whether leases are decided from the leader's cache, as in production, or
   *     each from a read of the store, which takes time
   * @param whileHandling called now and then in the midst of a heartbeat
   */
  Setup(
      HeartbeatJudge judge,
      MailboxJudge mailboxJudge,
      Violations violations,
      Moves moves,
      Sabotage sabotage,
      boolean cachedRoutes,
      Consumer<SimulatedProcess> whileHandling) {
    this.judge = judge;
    this.mailboxJudge = mailboxJudge;
    this.violations = violations;
    this.moves = moves;
    this.sabotage = sabotage;
    this.cachedRoutes = cachedRoutes;
    this.whileHandling = whileHandling;
  }

  @Override
  public Runtime runtime(SimulatedProcess process) {
    return sabotage == Sabotage.RECHECK ? hasty(process) : process;
  }

  private HastyRuntime hasty(SimulatedProcess process) {
    return hasty.computeIfAbsent(process, HastyRuntime::new);
  }

  @Override
  public HeartbeatExtensions extensions(SimulatedProcess process) {
    ChainCustomizer watched =
        chain ->
            chain
                .addBefore(
                    "ResponseHeaderHandler",
                    new HandlerRecipe("Witness", parts -> witness(process, parts)))
                .addLast(new HandlerRecipe("Slow", parts -> new Slow(process, whileHandling)));
    HeartbeatExtensions extensions = HeartbeatExtensions.NONE.withCustomizers(List.of(watched));
    return cachedRoutes
        ? extensions
        : extensions.withRegionLeases(
            (context, operating) ->
                new StoredRouteLeases(context.store(), operating, context.metrics()));
  }

  private HeartbeatHandler witness(SimulatedProcess process, HeartbeatParts parts) {
    judge.created(process, parts);
    return new Witness(judge, parts);
  }

  @Override
  public List<TermComponentFactory> plugins(SimulatedProcess process) {
    return List.of(
        context ->
            new Asking(
                judge.watched(context.term()), judge, mailboxJudge, violations, moves.datanodes()),
        context -> new Mover(context, moves));
  }

  @Override
  public NodeStream seen(ServerSide stream) {
    return switch (sabotage) {
      case RECHECK -> SabotagedStreams.hasty(stream, hasty(stream.process()));
      case LATE_CLOSE -> SabotagedStreams.endsByKey(stream, judge);
      case STREAMS_SURVIVE -> SabotagedStreams.survives(stream);
      case NONE, LEASE_WAIT -> stream;
    };
  }

  @Override
  public void sent(ServerSide stream, HeartbeatResponse response) {
    judge.sent(stream, response);
  }

  /** Sees every request first. */
  private record Witness(HeartbeatJudge judge, HeartbeatParts parts) implements HeartbeatHandler {
    @Override
    public boolean accepts(NodeRole role) {
      return true;
    }

    @Override
    public Outcome handle(HeartbeatExchange exchange) {
      judge.handled(parts.context().term(), exchange);
      return Outcome.CONTINUE;
    }
  }

  /** Takes its time now and then, after everything has been decided. */
  private record Slow(SimulatedProcess process, Consumer<SimulatedProcess> whileHandling)
      implements HeartbeatHandler {
    @Override
    public boolean accepts(NodeRole role) {
      return true;
    }

    @Override
    public Outcome handle(HeartbeatExchange exchange) throws InterruptedException {
      if (process.random().nextInt(ONE_IN) == 0) {
        whileHandling.accept(process);
        process.sleep(Duration.ofMillis(process.random().nextInt(LONGEST_DELAY_MILLIS)));
      }
      return Outcome.CONTINUE;
    }
  }
}
