package io.metasrv.adapters.grpc;

import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.AdminService.Switch;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin routes that old tooling calls on the gRPC port (sheet 09 §4). They differ from those of
 * the HTTP port: paths match exactly, a GET may change something, and what is not there is 404.
 * Thread-safe; blocks.
 */
final class LegacyAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(LegacyAdmin.class);

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";
  private static final String HELP =
      """
      GET /admin/heartbeat                 statistics of every datanode
      GET /admin/heartbeat?addr=HOST:PORT  statistics of the datanode at this address
      """;

  private final AdminService admin;

  LegacyAdmin(AdminService admin) {
    this.admin = admin;
  }

  /**
   * What to answer.
   *
   * @param status of HTTP
   * @param contentType empty: none is sent
   * @param grpcStatus of gRPC, for paths that are none of ours; empty: none is sent
   */
  record Reply(int status, String contentType, String body, String grpcStatus) {
    static Reply json(String body) {
      return new Reply(200, JSON, body, "");
    }

    static Reply plain(String contentType, String body) {
      return new Reply(200, contentType, body, "");
    }

    static Reply notFound() {
      return new Reply(404, "", "", "");
    }

    static Reply failed(String text) {
      return new Reply(500, TEXT, text, "");
    }

    /** What the reference says to a call of a service it does not have. */
    static Reply unimplemented() {
      return new Reply(200, "", "", "12");
    }
  }

  Reply answer(String method, String uri) {
    QueryStringDecoder request = new QueryStringDecoder(uri);
    try {
      return route(method, request.path(), request.parameters());
    } catch (RuntimeException failure) {
      LOG.warn("{} {} on the gRPC port failed", method, request.path(), failure);
      return Reply.failed(String.valueOf(failure.getMessage()));
    }
  }

  private Reply route(String method, String path, Map<String, List<String>> query) {
    return switch (path) {
      case "/admin/health" -> Reply.plain("", "OK\n");
      case "/admin/node-lease" -> Reply.plain("", admin.nodeLeasesJson());
      case "/admin/heartbeat" -> Reply.plain("", admin.heartbeatsJson(last(query, "addr")));
      case "/admin/heartbeat/help" -> Reply.plain(TEXT, HELP);
      case "/admin/leader" -> leader();
      default -> {
        if (path.equals("/admin/maintenance") || path.startsWith("/admin/maintenance/")) {
          yield maintenance(method, path, query);
        }
        if (path.startsWith("/admin/procedure-manager/")) {
          yield procedureManager(method, path);
        }
        yield path.startsWith("/admin/") ? Reply.notFound() : Reply.unimplemented();
      }
    };
  }

  private Reply leader() {
    if (!admin.hasElection()) {
      return Reply.plain("", "election info is None");
    }
    return admin
        .leader()
        .map(address -> Reply.plain("", address))
        .orElseGet(() -> Reply.failed("No leader is known; wait until one is elected"));
  }

  private Reply maintenance(String method, String path, Map<String, List<String>> query) {
    boolean root = path.equals("/admin/maintenance");
    return switch (method) {
      case "GET" -> {
        if (path.equals("/admin/maintenance/status") || (root && query.isEmpty())) {
          yield enabled(admin.isOn(Switch.MAINTENANCE));
        }
        yield root ? switchByQuery(query) : Reply.notFound();
      }
      case "PUT" -> root ? switchByQuery(query) : Reply.notFound();
      case "POST" ->
          switch (path) {
            case "/admin/maintenance" -> switchByQuery(query);
            case "/admin/maintenance/enable" -> setMaintenance(true);
            case "/admin/maintenance/disable" -> setMaintenance(false);
            default -> Reply.notFound();
          };
      default -> Reply.failed("Unsupported operation http method " + method);
    };
  }

  private Reply switchByQuery(Map<String, List<String>> query) {
    Optional<String> wanted = last(query, "enable");
    if (wanted.isEmpty()) {
      return Reply.failed("Missing required parameter, param: \"enable\"");
    }
    LOG.warn(
        "/admin/maintenance?enable={} is deprecated; POST to /admin/maintenance/enable or /disable",
        wanted.get());
    return switch (wanted.get()) {
      case "true" -> setMaintenance(true);
      case "false" -> setMaintenance(false);
      default -> Reply.failed("Failed to parse bool: 'enable' must be 'true' or 'false'");
    };
  }

  private Reply setMaintenance(boolean on) {
    admin.set(Switch.MAINTENANCE, on);
    return enabled(on);
  }

  private static Reply enabled(boolean on) {
    return Reply.json("{\"enabled\":" + on + "}");
  }

  private Reply procedureManager(String method, String path) {
    return switch (method + " " + path) {
      case "GET /admin/procedure-manager/status" -> paused(admin.isOn(Switch.PAUSE_PROCEDURE));
      case "POST /admin/procedure-manager/pause" -> setPaused(true);
      case "POST /admin/procedure-manager/resume" -> setPaused(false);
      default -> Reply.notFound();
    };
  }

  private Reply setPaused(boolean paused) {
    admin.set(Switch.PAUSE_PROCEDURE, paused);
    return paused(paused);
  }

  private static Reply paused(boolean paused) {
    return Reply.json("{\"status\":\"" + (paused ? "paused" : "running") + "\"}");
  }

  // With a name given twice the last value wins, as in the reference.
  private static Optional<String> last(Map<String, List<String>> query, String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }
}
