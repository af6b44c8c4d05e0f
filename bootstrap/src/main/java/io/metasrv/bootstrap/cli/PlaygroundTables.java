package io.metasrv.bootstrap.cli;

import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a playground has to look at: one of each kind, made through the client as a frontend does.
 * Every statement may be repeated, so that a start on a store of an earlier one works.
 */
final class PlaygroundTables {

  static final String DATABASE = "demo";

  private static final String PHYSICAL = "metrics";

  private final PrintWriter out;

  PlaygroundTables(PrintWriter out) {
    this.out = out;
  }

  /**
   * Makes them and says so.
   *
   * @param address the metasrv's gRPC address
   * @throws io.metasrv.client.MetaClientException if a statement failed
   */
  void create(String address) {
    DdlRequests sql = DdlRequests.of(DATABASE, Instant.now());
    try (MetaClient client = MetaClient.open(MetaClientOptions.frontend(List.of(address)))) {
      run(client, "database demo", sql.createDatabase(DATABASE, true));
      run(client, "table demo.cpu", sql.createTable(sql.name("cpu"), true));
      run(
          client,
          "table demo.requests, three partitions by host",
          sql.createTable(sql.name("requests"), true, "h", "p"));
      run(
          client,
          "table demo.metrics, physical, for the metric engine",
          sql.createPhysical(sql.name(PHYSICAL), true));
      run(
          client,
          "tables demo.http_requests_total and demo.node_load1, logical, on it",
          sql.createLogical(
              true, PHYSICAL, sql.name("http_requests_total"), sql.name("node_load1")));
      run(
          client,
          "view demo.busy_hosts",
          sql.createView(
              sql.name("busy_hosts"), "SELECT host FROM demo.cpu WHERE cpu > 0.9", true));
      run(client, "table demo.cpu_max", sql.createTable(sql.name("cpu_max"), true));
      run(
          client,
          "flow cpu_max_by_host from demo.cpu into demo.cpu_max",
          sql.createFlow("cpu_max_by_host", sql.name("cpu"), sql.name("cpu_max"), true));
    }
  }

  private void run(MetaClient client, String what, DdlTaskRequest statement) {
    DdlTaskResponse done = client.procedures().ddl(statement);
    String ids =
        done.getTableIdsList().stream()
            .map(id -> Integer.toUnsignedString(id.getId()))
            .collect(Collectors.joining(", "));
    out.println("playground: " + what + (ids.isEmpty() ? "" : " (id " + ids + ")"));
  }
}
