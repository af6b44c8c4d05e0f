package io.metasrv.adapters.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Paths, methods and what answers them. Paths match exactly: a trailing slash is another path. An
 * unknown path is 404, a known one with another method 405 with {@code Allow} (sheet 09 §2). HEAD
 * works wherever GET does. Immutable once built; thread-safe.
 */
final class Routes {

  /** What answers. */
  @FunctionalInterface
  interface Handler {
    Response handle(Request request);
  }

  private final Map<String, Map<String, Handler>> byPath;

  private Routes(Map<String, Map<String, Handler>> byPath) {
    this.byPath = byPath;
  }

  static Builder builder() {
    return new Builder();
  }

  /** The path as a metric label; empty if there is none. */
  Optional<String> route(String path) {
    return byPath.containsKey(path) ? Optional.of(path) : Optional.empty();
  }

  Response answer(Request request) {
    Map<String, Handler> methods = byPath.get(request.path());
    if (methods == null) {
      return Response.empty(404);
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Handler handler = methods.get(method);
    return handler == null
        ? Response.empty(405).with("allow", allowed(methods))
        : handler.handle(request);
  }

  private static String allowed(Map<String, Handler> methods) {
    StringBuilder allowed = new StringBuilder();
    for (String method : methods.keySet()) {
      allowed.append(allowed.isEmpty() ? "" : ",").append(method);
      if (method.equals("GET")) {
        allowed.append(",HEAD");
      }
    }
    return allowed.toString();
  }

  /** Collects routes. */
  static final class Builder {
    private final Map<String, Map<String, Handler>> byPath = new LinkedHashMap<>();

    Builder get(String path, Handler handler) {
      return on("GET", path, handler);
    }

    Builder post(String path, Handler handler) {
      return on("POST", path, handler);
    }

    Builder on(String method, String path, Handler handler) {
      byPath.computeIfAbsent(path, p -> new LinkedHashMap<>()).put(method, handler);
      return this;
    }

    Routes build() {
      return new Routes(byPath);
    }
  }
}
