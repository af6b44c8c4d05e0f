package io.metasrv.adapters.http;

import io.metasrv.application.service.AdminService.Readiness;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Health, status, metrics, configuration (sheet 09 §2). {@code /health} never says more than "the
 * process listens": probes of existing charts rely on it. {@code /readyz}, our own, says whether
 * this node does its part, and if not why.
 */
final class CommonRoutes {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServices services;

  CommonRoutes(HttpServices services) {
    this.services = services;
  }

  void addTo(Routes.Builder routes) {
    for (String path : new String[] {"/health", "/v1/health", "/ready"}) {
      routes.get(path, request -> Response.json(200, "{}"));
      routes.post(path, request -> Response.json(200, "{}"));
    }
    routes
        .get("/", request -> index())
        .get("/status", request -> status())
        .get("/metrics", request -> Response.text(200, services.metrics().exposition()))
        .get("/config", request -> Response.text(200, services.configToml().get()))
        .get("/livez", request -> Response.json(200, "{\"alive\":true}"))
        .get("/readyz", request -> ready(services.readiness().get()));
  }

  private Response index() {
    BuildInfo build = services.build();
    return Response.of(
        200,
        "text/html; charset=utf-8",
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Metasrv</title></head>
        <body><h1>Metasrv %s</h1><p>Speaks the contract of GreptimeDB %s.</p>
        <ul><li><a href="/readyz">/readyz</a></li><li><a href="/v1/health">/v1/health</a></li>
        <li><a href="/status">/status</a></li><li><a href="/metrics">/metrics</a></li>
        <li><a href="/config">/config</a></li></ul></body></html>
        """
            .formatted(build.version(), build.compatibleWith()));
  }

  private Response status() {
    BuildInfo build = services.build();
    ObjectNode json = JSON.createObjectNode();
    json.put("commit", build.commit());
    json.put("branch", build.branch());
    json.put("rustc_version", build.runtime());
    json.put("hostname", build.hostname());
    json.put("version", build.version());
    json.put("compatible_with", build.compatibleWith());
    return Response.json(200, json.toString());
  }

  private static Response ready(Readiness readiness) {
    ObjectNode json = JSON.createObjectNode();
    json.put("ready", readiness.ready());
    json.put("role", readiness.role());
    json.put("leader", readiness.leader().orElse(null));
    readiness.term().ifPresentOrElse(term -> json.put("term", term), () -> json.putNull("term"));
    ArrayNode reasons = json.putArray("reasons");
    readiness.reasons().forEach(reasons::add);
    return Response.json(readiness.ready() ? 200 : 503, json.toString());
  }
}
