package io.metasrv.simulation.heartbeat;

import io.metasrv.application.heartbeat.HeartbeatParts;
import io.metasrv.application.mailbox.PusherKey;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.nodes.RegionsOnRecord;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.simulation.cluster.Metasrvs;
import io.metasrv.simulation.cluster.SimulatedDatanode;
import io.metasrv.simulation.cluster.SimulatedMetasrv;
import io.metasrv.simulation.cluster.Site;
import io.metasrv.simulation.heartbeat.MailboxJudge.Answer;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.World;
import io.metasrv.simulation.store.SimulatedStoreServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three metasrvs, three datanodes, one store, regions that move; forty seconds of trouble, then
 * quiet.
 */
public final class HeartbeatScenario {

  private static final Duration TROUBLE = Duration.ofSeconds(40);
  private static final Duration QUIET = Duration.ofSeconds(40);
  private static final int METASRVS = 3;
  private static final int DATANODES = 3;
  private static final int QUEUE_LIMIT = 6;
  private static final List<TableId> TABLES =
      List.of(new TableId(1024), new TableId(1025), new TableId(1026));
  private static final List<RegionId> REGIONS = TABLES.stream().map(Route::region).toList();

  /** The lease and a tenth: as far as clocks may differ here, and more. */
  private static final Duration LEASE_WAIT =
      HeartbeatTimes.DEFAULTS.regionLease().multipliedBy(11).dividedBy(10);

  private static final Duration TOO_SHORT = Duration.ofSeconds(2);

  private final World world;
  private final Site site;
  private final Violations violations;
  private final HeartbeatJudge judge;
  private final MailboxJudge mailboxJudge;
  private final WriterJudge writerJudge;
  private final Moves moves;
  private final Trouble trouble;
  private final Metasrvs metasrvs;
  private final List<SimulatedDatanode> datanodes = new ArrayList<>();

  private HeartbeatScenario(long seed, Sabotage sabotage) {
    this.world = World.of(seed);
    SimulatedStoreServer store =
        SimulatedStoreServer.sound(world, world.process("store"), ElectionTiming.REFERENCE);
    this.site =
        new Site(
            world, new SimulatedNetwork(world, Duration.ofMillis(1), Duration.ofMillis(80)), store);
    this.violations = new Violations(world);
    this.judge = new HeartbeatJudge(store, violations);
    this.mailboxJudge = new MailboxJudge(violations);
    this.writerJudge = new WriterJudge(violations, REGIONS);
    this.moves =
        new Moves(TABLES, DATANODES, sabotage == Sabotage.LEASE_WAIT ? TOO_SHORT : LEASE_WAIT);
    List<SimulatedMetasrv> servers = new ArrayList<>();
    this.trouble = new Trouble(site, servers, datanodes);
    boolean cachedRoutes = world.random().nextBoolean();
    Setup setup =
        new Setup(judge, mailboxJudge, violations, moves, sabotage, cachedRoutes, trouble::strike);
    for (int i = 1; i <= METASRVS; i++) {
      servers.add(new SimulatedMetasrv(site, setup, "meta-%d:3002".formatted(i), clockRate()));
    }
    this.metasrvs = new Metasrvs(site, servers, QUEUE_LIMIT);
    makeDatanodes();
  }

  /** Clocks are within 3 % of true time. */
  private double clockRate() {
    return 0.97 + world.random().nextDouble() * 0.06;
  }

  private void makeDatanodes() {
    RegionStorage storage = new RegionStorage();
    List<RegionsOnRecord> onRecord =
        REGIONS.stream()
            .map(region -> new RegionsOnRecord("mito", "greptime/public", List.of(region)))
            .toList();
    for (long id = 1; id <= DATANODES; id++) {
      SimulatedDatanode datanode =
          new SimulatedDatanode(site, metasrvs, id, clockRate(), storage, onRecord, writerJudge);
      datanodes.add(datanode);
      writerJudge.watch(datanode);
    }
  }

  /** Runs one seed to its end. */
  public static Verdict run(long seed, Sabotage sabotage) {
    return new HeartbeatScenario(seed, sabotage).run();
  }

  private Verdict run() {
    for (TableId table : TABLES) {
      Route route = new Route(table, 1L + world.random().nextInt(DATANODES), false, 1);
      var unused =
          site.store().content().put(route.key(), route.encode(DATANODES), Previous.DISCARD);
    }
    metasrvs.all().forEach(SimulatedMetasrv::start);
    datanodes.forEach(SimulatedDatanode::start);
    trouble.begin();
    world.runFor(TROUBLE);
    trouble.end();
    moves.beginNoMore();
    world.runFor(QUIET);
    judgeTheEnd();
    return verdict();
  }

  private void judgeTheEnd() {
    mailboxJudge.end();
    world.faults().forEach(fault -> violations.add("a task failed: " + fault));
    List<SimulatedMetasrv> leaders =
        metasrvs.all().stream().filter(metasrv -> metasrv.claims().isPresent()).toList();
    if (leaders.size() != 1) {
      violations.add("%d metasrvs lead after %s of quiet".formatted(leaders.size(), QUIET));
      return;
    }
    HeartbeatParts parts = judge.watched(leaders.getFirst().claims().orElseThrow()).parts();
    for (SimulatedDatanode datanode : datanodes) {
      if (parts.pushers().find(PusherKey.datanode(datanode.id())).isEmpty()) {
        violations.add("datanode %d is not connected after %s".formatted(datanode.id(), QUIET));
      }
    }
    for (TableId table : TABLES) {
      Route route =
          Route.decode(
              table, site.store().content().get(new Route(table, 0, false, 0).key()).orElseThrow());
      List<Long> writers = writerJudge.writers(route.region());
      if (route.downgrading() || !writers.equals(List.of(route.leader()))) {
        violations.add("after %s of quiet %s is written on %s".formatted(QUIET, route, writers));
      }
    }
  }

  private Verdict verdict() {
    return new Verdict(
        world.seed(),
        world.trace().hash(),
        world.trace().events(),
        judge.terms(),
        judge.leases(),
        judge.refusals(),
        writerJudge.promotions(),
        moves.finished(),
        moves.failures(),
        mailboxJudge.count(Answer.REPLY),
        mailboxJudge.count(Answer.TIMEOUT),
        mailboxJudge.count(Answer.CLOSED),
        violations.all(),
        world.trace().tail());
  }
}
