package io.metasrv.adapters.http;

import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.AdminService.Switch;
import io.metasrv.domain.error.MetasrvException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin routes (sheet 09 §3) but for the sequence. Answered by any node. Errors are 500 with
 * the top-level text; the cause goes to the log.
 */
final class AdminRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(AdminRoutes.class);

  private static final String HEARTBEAT_HELP =
      """
      - GET /admin/heartbeat
        latest statistics of all datanodes
      - GET /admin/heartbeat?addr=127.0.0.1:3100
        those of the datanode with this address
      """;

  private final AdminService admin;

  AdminRoutes(AdminService admin) {
    this.admin = admin;
  }

  void addTo(Routes.Builder routes) {
    routes
        .get("/admin/health", request -> Response.untyped("OK\n"))
        .get("/admin/leader", request -> leader())
        .get("/admin/node-lease", request -> plainErrors("node leases", this::nodeLeases))
        .get("/admin/heartbeat", request -> plainErrors("heartbeats", () -> heartbeats(request)))
        .get("/admin/heartbeat/help", request -> Response.text(200, HEARTBEAT_HELP))
        .get("/admin/maintenance", this::maintenance);
    enabled(routes, "/admin/maintenance", Switch.MAINTENANCE);
    enabled(routes, "/admin/recovery", Switch.RECOVERY);
    routes
        .get("/admin/procedure-manager/status", request -> switches(this::procedures))
        .post("/admin/procedure-manager/pause", request -> switches(() -> pause(true)))
        .post("/admin/procedure-manager/resume", request -> switches(() -> pause(false)));
  }

  private void enabled(Routes.Builder routes, String path, Switch which) {
    routes
        .get(path + "/status", request -> switches(() -> enabled(which)))
        .post(path + "/enable", request -> switches(() -> turn(which, true)))
        .post(path + "/disable", request -> switches(() -> turn(which, false)));
  }

  private Response leader() {
    if (!admin.hasElection()) {
      return Response.text(200, "election info is None");
    }
    return plainErrors(
        "the leader",
        () ->
            admin
                .leader()
                .map(address -> Response.text(200, address))
                .orElseGet(() -> Response.text(500, "No leader is known")));
  }

  private Response nodeLeases() {
    return Response.json(200, admin.nodeLeasesJson());
  }

  private Response heartbeats(Request request) {
    return Response.json(200, admin.heartbeatsJson(request.parameter("addr")));
  }

  /**
   * Old operators switch with {@code GET …?enable=}. The reference's HTTP port answers 200 to that
   * and does nothing; here it does what the caller meant (sheet 09 §14).
   */
  private Response maintenance(Request request) {
    Optional<String> enable = request.parameter("enable");
    if (enable.isEmpty()) {
      return switches(() -> enabled(Switch.MAINTENANCE));
    }
    LOG.warn(
        "GET /admin/maintenance?enable= is deprecated: use POST /admin/maintenance/enable or"
            + " /admin/maintenance/disable");
    return switch (enable.get()) {
      case "true" -> switches(() -> turn(Switch.MAINTENANCE, true));
      case "false" -> switches(() -> turn(Switch.MAINTENANCE, false));
      default -> Response.text(500, "Failed to parse bool: 'enable' must be 'true' or 'false'");
    };
  }

  private Response turn(Switch which, boolean on) {
    admin.set(which, on);
    LOG.info("Operator turned {} {}", which, on ? "on" : "off");
    return enabledJson(on);
  }

  private Response enabled(Switch which) {
    return enabledJson(admin.isOn(which));
  }

  private static Response enabledJson(boolean on) {
    return Response.json(200, "{\"enabled\":" + on + "}");
  }

  private Response pause(boolean paused) {
    admin.set(Switch.PAUSE_PROCEDURE, paused);
    LOG.info("Operator {} the procedure manager", paused ? "paused" : "resumed");
    return statusJson(paused);
  }

  private Response procedures() {
    return statusJson(admin.isOn(Switch.PAUSE_PROCEDURE));
  }

  private static Response statusJson(boolean paused) {
    return Response.json(200, "{\"status\":\"" + (paused ? "paused" : "running") + "\"}");
  }

  /** The text that operators' tools know; the cause is in the log. */
  private static Response switches(Supplier<Response> work) {
    try {
      return work.get();
    } catch (MetasrvException e) {
      LOG.warn("A runtime switch could not be read or set", e);
      return Response.text(500, "Runtime switch manager error");
    }
  }

  private static Response plainErrors(String what, Supplier<Response> work) {
    try {
      return work.get();
    } catch (MetasrvException e) {
      LOG.warn("Could not answer a question about {}", what, e);
      return Response.text(500, String.valueOf(e.getMessage()));
    }
  }
}
