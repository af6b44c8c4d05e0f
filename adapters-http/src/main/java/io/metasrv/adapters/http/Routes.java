package io.metasrv.adapters.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Paths, methods and what answers them. Paths match exactly: a trailing slash is another path; a
 * path with a part {@code {name}} matches any one part there, unless an exact path matches. An
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
    return byPath.containsKey(path)
        ? Optional.of(path)
        : byPath.keySet().stream().filter(route -> matches(route, path)).findFirst();
  }

  private static boolean matches(String route, String path) {
    if (!route.contains("{")) {
      return false;
    }
    String[] wanted = route.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      boolean open = wanted[i].startsWith("{") && !given[i].isEmpty();
      if (!open && !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  Response answer(Request request) {
    Optional<Map<String, Handler>> found = route(request.path()).map(byPath::get);
    if (found.isEmpty()) {
      return Response.empty(404);
    }
    Map<String, Handler> methods = found.get();
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
