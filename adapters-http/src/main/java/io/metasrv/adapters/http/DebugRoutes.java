package io.metasrv.adapters.http;

import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /debug} (sheet 09 §2). Profiling answers 501 in the reference's words: a JVM is profiled
 * with its own tools ({@code jcmd PID JFR.start}, {@code jcmd PID GC.class_histogram}).
 */
final class DebugRoutes {

  static final String PREFIX = "/debug/";

  private static final String NO_CPU_PROFILE = "The 'pprof' feature is disabled";
  private static final String NO_HEAP_PROFILE = "The 'mem-prof' feature is disabled";

  private final LogLevels levels;

  DebugRoutes(LogLevels levels) {
    this.levels = levels;
  }

  void addTo(Routes.Builder routes) {
    routes
        .post("/debug/log_level", this::logLevel)
        .post("/debug/enable_trace", DebugRoutes::trace)
        .post("/debug/prof/cpu", request -> Response.text(501, NO_CPU_PROFILE));
    for (String path : new String[] {"", "/symbol", "/activate", "/deactivate", "/gdump"}) {
      routes.post("/debug/prof/mem" + path, request -> Response.text(501, NO_HEAP_PROFILE));
    }
    for (String path : new String[] {"/status", "/gdump"}) {
      routes.get("/debug/prof/mem" + path, request -> Response.text(501, NO_HEAP_PROFILE));
    }
  }

  private Response logLevel(Request request) {
    String before = levels.current();
    String wanted = request.text().strip();
    try {
      levels.change(wanted);
    } catch (IllegalArgumentException e) {
      return error(400, String.valueOf(e.getMessage()));
    }
    return Response.text(200, "Log Level changed from " + before + " to " + wanted);
  }

  private static Response trace(Request request) {
    String wanted = request.text().strip();
    return wanted.equals("true") || wanted.equals("false")
        ? Response.text(503, "tracing is not initialized")
        : error(400, "\"" + wanted + "\" is neither true nor false");
  }

  private static Response error(int status, String message) {
    return Response.json(
        status, JsonMapper.shared().createObjectNode().put("error", message).toString());
  }
}
