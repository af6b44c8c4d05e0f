package io.metasrv.adapters.http;

import io.metasrv.application.service.CatalogueService;
import io.metasrv.domain.error.MetasrvException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Databases and tables for operators: routes of our own, answered by every node. */
final class CatalogueRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogueRoutes.class);
  private static final String TABLES = "/admin/tables";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final CatalogueService catalogue;

  CatalogueRoutes(CatalogueService catalogue) {
    this.catalogue = catalogue;
  }

  void addTo(Routes.Builder routes) {
    routes
        .get("/admin/databases", request -> answer(() -> ok(catalogue.databasesJson())))
        .get(TABLES, this::tables)
        .get(TABLES + "/{table}", this::table);
  }

  private Response tables(Request request) {
    Optional<Integer> limit = Limits.of(request, DEFAULT_LIMIT, MAX_LIMIT);
    if (limit.isEmpty()) {
      return Limits.refused(request, MAX_LIMIT);
    }
    return answer(
        () ->
            ok(
                catalogue.tablesJson(
                    given(request, "database"), limit.get(), given(request, "after"))));
  }

  private static Optional<String> given(Request request, String parameter) {
    return request.parameter(parameter).filter(value -> !value.isEmpty());
  }

  private Response table(Request request) {
    String part = request.path().substring(TABLES.length() + 1);
    String table;
    try {
      // In a path a plus is a plus.
      table = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return Response.text(400, "this is not properly escaped: " + part);
    }
    return answer(
        () ->
            catalogue
                .tableJson(table)
                .map(CatalogueRoutes::ok)
                .orElseGet(
                    () ->
                        Response.text(
                            404, "There is no table " + table + "; GET /admin/tables lists them")));
  }

  private static Response ok(String json) {
    return Response.json(200, json);
  }

  private static Response answer(Supplier<Response> work) {
    try {
      return work.get();
    } catch (MetasrvException e) {
      LOG.warn("A request about databases or tables was not carried out", e);
      return StructuredErrors.unmasked(e, e.code().httpStatus());
    }
  }
}
