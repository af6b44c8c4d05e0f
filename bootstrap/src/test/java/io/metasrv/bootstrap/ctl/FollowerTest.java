package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two servers on one etcd, of which one leads. */
class FollowerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void theCatalogueIsReadAnywhereAndTheLeaderIsFoundForTheRest() throws Exception {
    try (EtcdServer etcd = EtcdServer.startUnsynced();
        RunningServer leader = RunningServer.onEtcd(etcd.host() + ":" + etcd.port());
        RunningServer follower = following(etcd, leader);
        NodeFleet fleet = leader.fleet();
        MetaClient client = leader.client()) {
      assertThat(fleet.datanodes()).hasSize(3);
      DdlRequests sql = DdlRequests.of("public", Instant.now());
      var done = client.procedures().ddl(sql.createTable(sql.name("cpu"), false));
      String id = done.getPid().getKey().toStringUtf8();

      assertThat(Ctl.run(follower.http, "tables").succeeds()).contains("cpu");
      assertThat(Ctl.run(follower.http, "table show cpu").succeeds()).contains("1024");
      assertThat(Ctl.run(follower.http, "procedures --all").failsWith(1))
          .contains("http://" + follower.http + " does not lead")
          .contains("the leader's gRPC address is " + leader.grpc)
          .contains("--addr");
      assertThat(
              Ctl.run(follower.http + "," + leader.http, "procedures --all --output json")
                  .succeeds())
          .contains(id);
      assertThat(Ctl.run(follower.http, "procedures --addr " + leader.http).succeeds())
          .isEqualTo("no procedures under way\n");

      // The sequence is moved through the follower, and the leader goes on from there.
      Ctl.run(follower.http, "recovery enable").succeeds();
      Ctl.run(follower.http, "next-table-id --set 3000").succeeds();
      assertThat(
              client
                  .procedures()
                  .ddl(sql.createTable(sql.name("mem"), false))
                  .getTableIds(0)
                  .getId())
          .isEqualTo(3000);
    }
  }

  private static RunningServer following(EtcdServer etcd, RunningServer leader) throws Exception {
    Eventually.holds(
        "it leads",
        PATIENCE,
        () -> Ctl.run(leader.http, "ready").out().contains("\"role\":\"leader\""));
    RunningServer follower = RunningServer.onEtcd(etcd.host() + ":" + etcd.port());
    Eventually.holds("it follows", PATIENCE, () -> Ctl.run(follower.http, "ready").code() == 0);
    return follower;
  }
}
